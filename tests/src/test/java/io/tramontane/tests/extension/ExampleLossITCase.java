package io.tramontane.tests.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.tests.process.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example project of a loss and an advantage, built by Maven outside of our build, and whole runs as a user starts
 * them with its jar on the class path: broker, Flink, generator and trainer.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ExampleLossITCase {

    private static final int STEPS = 3;

    /** A policy that has learned nothing; its completions differ in length, which is rewarded without the gate. */
    private static final List<String> SMALL = List.of(
            "warm-up.steps=1",
            "evaluation.problems=1",
            "training.maximum-steps=" + STEPS,
            "reward.format.gate=false",
            "pipeline.scheduling.group-size=8",
            "pipeline.batching.completions-per-batch=32");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path folder;

    @Test
    void aLossAndAnAdvantageFromAJarOfTheirOwnTrain() throws Exception {
        Path built = ExampleProject.build("loss", folder, "schemas", "operators/policy");
        String classPath = System.getProperty("java.class.path")
                + File.pathSeparator
                + built.resolve("sapo.jar").toAbsolutePath();
        try (Programs programs = new Programs(folder, classPath)) {
            Path wrong = config("wrong.yaml", "-1");
            Process refused = programs.start("refused.log", Map.of(), arguments("refused", wrong));
            assertThat(refused.waitFor()).as(() -> programs.log("refused.log")).isEqualTo(2);
            assertThat(programs.log("refused.log"))
                    .contains("wrong.yaml:4: training.loss.temperature-negative: must be greater than 0, not '-1.0'");

            Path right = config("right.yaml", "1.2");
            programs.succeed("run.log", arguments("sapo", right).toArray(String[]::new));
        }
        List<JsonNode> steps = steps(new RunDirectory(folder.resolve("sapo")));
        assertThat(steps)
                .hasSize(STEPS)
                .allSatisfy(step -> assertThat(step.path("loss.gate").asDouble())
                        .isPositive()
                        .isLessThanOrEqualTo(1));
    }

    /** The configuration that the example shows, with another temperature. */
    private Path config(String name, String temperature) throws IOException {
        String shown = Files.readString(ExampleProject.folder("loss").resolve("README.md"));
        Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(shown);
        assertThat(yaml.find()).isTrue();
        assertThat(yaml.group(1)).contains("temperature-negative: 1.2\n");
        return Files.writeString(
                folder.resolve(name), yaml.group(1).replace("negative: 1.2", "negative: " + temperature));
    }

    private List<String> arguments(String id, Path config) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--output", folder.toString(), "--id", id, "--config", config.toString()));
        SMALL.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }

    private static List<JsonNode> steps(RunDirectory directory) throws IOException {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : Files.readAllLines(directory.metrics())) {
            steps.add(new ObjectMapper().readTree(line));
        }
        return steps;
    }
}
