package io.tramontane.jobs.commands;

import io.tramontane.jobs.commands.documentation.AccessTable;
import io.tramontane.jobs.commands.documentation.CommandTable;
import io.tramontane.jobs.commands.documentation.ConfigurationTable;
import io.tramontane.jobs.commands.documentation.MetricTable;
import io.tramontane.jobs.commands.documentation.OperatorTable;
import io.tramontane.jobs.commands.documentation.StrimziFiles;
import io.tramontane.jobs.commands.documentation.TopicTable;
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
        description =
                "Write the tables that are generated from the code: commands, configuration keys, access to Kafka, metrics,"
                        + " operators, topics, and the topics and users for Strimzi.",
        mixinStandardHelpOptions = true)
final class DocsCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "The folder of the project (default: ${DEFAULT-VALUE}).")
    private Path project;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        write("jobs/CONFIGURATION.md", ConfigurationTable.markdown());
        write("jobs/COMMANDS.md", CommandTable.markdown(spec.root()));
        write("kafka/ACCESS.md", AccessTable.markdown());
        write("infra/METRICS.md", MetricTable.markdown());
        write("infra/kubernetes/base/topics.yaml", StrimziFiles.topics());
        write("infra/kubernetes/base/users.yaml", StrimziFiles.users());
        write("infra/RECOVERY.md", OperatorTable.within(Files.readString(project.resolve("infra/RECOVERY.md"))));
        write("ARCHITECTURE.md", TopicTable.within(Files.readString(project.resolve("ARCHITECTURE.md"))));
        return 0;
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(project.resolve(file), content);
        spec.commandLine().getOut().println("wrote " + file);
    }
}
