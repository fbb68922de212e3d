package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the forge reads: the workflow runs every test and allows no skipped one, templates say what they are for. */
class WorkflowFilesTest {

    private static final Path FORGE = Path.of("..", ".github");

    @Test
    @SuppressWarnings("unchecked") // a test fails with anything else
    void theWorkflowRunsEveryTestAsCi() throws IOException {
        Map<String, Object> workflow = new Yaml().load(Files.readString(FORGE.resolve("workflows/ci.yml")));

        var test = (Map<String, Object>) ((Map<String, Object>) workflow.get("jobs")).get("test");

        assertThat((Map<String, Object>) test.get("env")).containsEntry("CI", "true");
        assertThat((List<Map<String, Object>>) test.get("steps"))
                .extracting(step -> String.valueOf(step.get("run")))
                .anySatisfy(command -> assertThat(command).endsWith(" .ci/run"));
        assertThat(Path.of("..", ".ci", "run")).isExecutable();
    }

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(FORGE.resolve("ISSUE_TEMPLATE"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateHasANameAndSaysWhatItIsFor(Path file) throws IOException {
        String[] parts = Files.readString(file).split("(?m)^---$", 3);

        Map<String, Object> header = new Yaml().load(parts[1]);

        assertThat(header).containsKeys("name", "about", "labels");
        assertThat(parts[2]).isNotBlank();
    }
}
