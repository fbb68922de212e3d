package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.topics.TopicStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the topics of a run, or creates them on a cluster. */
@Command(
        name = "topics",
        description = "List the topics of a run with their partitions and offsets in use, or create them.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {

    private static final String LINE = "%-40s %10s %10s  %s%n";

    @Parameters(paramLabel = "FOLDER", description = "The run's folder, runs/<id>, with its config.yaml.")
    private Path folder;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--create", description = "Create those that are missing.")
    private boolean create;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TramontaneConfig config = RunFolder.located(
                options.applyTo(RunFolder.configurationOf(folder)).load(), folder);
        RunDirectory directory = RunFolder.of(config);
        PrintWriter out = spec.commandLine().getOut();
        try (RunKafka kafka = RunKafka.open(config, directory);
                TopicAdmin admin = new TopicAdmin(kafka.settings())) {
            if (create) {
                out.printf("created %d%n", admin.createMissing(directory.id()).size());
            }
            List<TopicStatus> topics = admin.describe(directory.id());
            out.printf(LINE, "topic", "partitions", "offsets", "");
            topics.forEach(topic -> out.printf(
                    Locale.ROOT,
                    LINE,
                    topic.name(),
                    topic.partitions(),
                    String.format(Locale.ROOT, "%,d", topic.records()),
                    String.join("; ", topic.deviations())));
            out.flush();
            return topics.stream().allMatch(topic -> topic.deviations().isEmpty()) ? 0 : 1;
        }
    }
}
