package io.tramontane.jobs.cli;

import io.tramontane.jobs.documentation.ConfigurationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the generated documentation. */
@Command(
        name = "docs",
        description = "Write the table of all configuration keys, generated from the code.",
        mixinStandardHelpOptions = true)
final class DocsCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "jobs/CONFIGURATION.md",
            description = "Where to write it (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Files.writeString(output, ConfigurationTable.markdown());
        spec.commandLine().getOut().println("wrote " + output);
        return 0;
    }
}
