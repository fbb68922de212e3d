package io.tramontane.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.kernel.config.ConfigKey;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigSchema;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Every command that a Markdown file shows is one that the program understands, with settings that it has. */
class DocumentedCommandsTest {

    /** Of the launcher alone, and words that stand for a command. */
    private static final Set<String> NOT_PARSED = Set.of("test", "COMMAND", "…");

    private static final Path ROOT = Markdown.root();
    private static final Path EXAMPLES = ROOT.resolve(Path.of("infra", "examples"));

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> everyCommandOfABlock() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Markdown.Block block : Markdown.blocks()) {
            for (String command : block.commands()) {
                List<String> arguments = arguments(command);
                if (!NOT_PARSED.contains(arguments.get(0))) {
                    tests.add(DynamicTest.dynamicTest(
                            ROOT.relativize(block.file()) + ": " + command, () -> check(arguments)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    /** In a sentence a command may be named without its parameters. */
    @TestFactory
    List<DynamicTest> everyCommandInASentence() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Markdown.files()) {
            Markdown.inlineCommands(file).forEach(command -> named(file, command, tests));
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests;
    }

    private static void named(Path file, String command, List<DynamicTest> tests) {
        List<String> arguments = arguments(command);
        if (!arguments.isEmpty() && !NOT_PARSED.contains(arguments.get(0))) {
            tests.add(DynamicTest.dynamicTest(ROOT.relativize(file) + ": " + command, () -> {
                try {
                    check(arguments);
                } catch (MissingParameterException withoutParameters) {
                    assertThat(withoutParameters.getMessage()).startsWith("Missing required");
                }
            }));
        }
    }

    @Test
    void aCommandThatIsNoneIsFound() {
        assertThatThrownBy(() -> check(arguments("run --stepps 3"))).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> check(arguments("run --set training.maximum-step=3")))
                .hasMessageContaining("training.maximum-step");
    }

    /** Blocks of YAML whose keys are those of the configuration. */
    @TestFactory
    List<DynamicTest> everyConfiguration() {
        Set<String> sections = ConfigSchema.keys(TramontaneConfig.class).stream()
                .map(ConfigKey::path)
                .map(path -> path.replaceAll("\\..*", ""))
                .collect(Collectors.toSet());
        List<DynamicTest> tests = new ArrayList<>();
        for (Markdown.Block block : Markdown.blocks()) {
            // What is a user's own, such as brevity, is not on this class path.
            if (block.language().equals("yaml")
                    && !block.text().contains("component:")
                    && !block.text().contains("brevity:")
                    && !block.file().startsWith(EXAMPLES)
                    && new Yaml().load(block.text()) instanceof java.util.Map<?, ?> map
                    && sections.containsAll(map.keySet())) {
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(block.file()) + ": " + map.keySet(),
                        () -> assertThatCode(() -> TramontaneConfig.loader()
                                        .file(written(block.text()))
                                        .load())
                                .doesNotThrowAnyException()));
            }
        }
        assertThat(tests).hasSizeGreaterThan(3);
        return tests;
    }

    private Path written(String yaml) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "config", ".yaml"), yaml);
    }

    @TestFactory
    List<DynamicTest> everyLinkToAFileOrAHeading() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Markdown.files()) {
            for (Markdown.Link link : Markdown.links(file)) {
                tests.add(DynamicTest.dynamicTest(ROOT.relativize(file) + ": " + link.target(), () -> {
                    assertThat(link.file()).exists();
                    if (!link.anchor().isEmpty()) {
                        assertThat(Markdown.anchors(link.file())).contains(link.anchor());
                    }
                }));
            }
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests;
    }

    private static void check(List<String> arguments) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        ParseResult parsed = Tramontane.commandLine(nowhere, nowhere).parseArgs(arguments.toArray(String[]::new));
        ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
        boolean configured = false;
        for (CommandLine command : parsed.asCommandLineList()) {
            if (command.getParseResult().hasMatchedOption("--set")) {
                List<String> settings = command.getParseResult().matchedOptionValue("--set", List.of());
                settings.forEach(loader::set);
                configured = true;
            }
        }
        if (configured) {
            loader.load();
        }
    }

    /** Words as a shell would make them, except placeholders. */
    private static List<String> arguments(String command) {
        return Arrays.stream(command.strip().split("\\s+(?=(?:[^'\"]|'[^']*'|\"[^\"]*\")*$)"))
                .map(word -> word.replaceAll("^(['\"])(.*)\\1$", "$2"))
                .takeWhile(word -> !word.matches("[|>].*|&&|;"))
                .filter(word -> !word.equals("…"))
                .toList();
    }
}
