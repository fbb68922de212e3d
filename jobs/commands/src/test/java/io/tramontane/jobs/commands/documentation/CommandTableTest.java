package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

class CommandTableTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "COMMANDS.md");

    private static CommandSpec program() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Tramontane.commandLine(nowhere, nowhere).getCommandSpec();
    }

    @Test
    void theCommittedReferenceIsUpToDate() {
        assertThat(COMMITTED)
                .as("run './tramontane docs' and commit the result")
                .hasContent(CommandTable.markdown(program()));
    }

    @Test
    void everyCommandHasARowAndASection() {
        String reference = CommandTable.markdown(program());

        assertThat(CommandTable.commands(program()))
                .hasSizeGreaterThan(30)
                .extracting(CommandTable::name)
                .contains("run", "train", "bench scoring", "cluster up")
                .allSatisfy(name -> assertThat(reference)
                        .contains("| [`" + name + "`](#" + name.replace(' ', '-') + ") | ")
                        .containsPattern("(?m)^###? " + name + "$"));
    }

    @Test
    void anOptionShowsItsValueItsDefaultAndItsMeaning() {
        assertThat(CommandTable.markdown(program()))
                .contains("| `--faulty SHARE` | `0.05` | Share of them on which the verifier misbehaves. |")
                .contains("| `-s`, `--set KEY=VALUE` |  | One setting, over the file's; may be repeated. |");
    }

    @Test
    void aDocumentIsNamedForACommandThatExists() {
        assertThat(CommandTable.commands(program()))
                .extracting(CommandTable::name)
                .containsAll(CommandTable.pages().keySet());
    }
}
