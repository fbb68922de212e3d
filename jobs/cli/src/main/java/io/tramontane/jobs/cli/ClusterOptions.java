package io.tramontane.jobs.cli;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.TopicAdmin;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the processes of a run have in common when they are spread over machines. */
public final class ClusterOptions {

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--policy",
            paramLabel = "FOLDER",
            description = "The base policy in Hugging Face layout, the same for all processes of the run.")
    private Path policy;

    @Option(
            names = "--topics-exist",
            description = "Neither create nor check the run's topics: for users who may not ('topics --create' does).")
    private boolean topicsExist;

    /** Creates the topics that are missing, unless the user says they are there. */
    public void prepareTopics(RunSettings run, KafkaSettings kafka) {
        if (topicsExist) {
            return;
        }
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(run.id());
        }
    }

    /** @throws RunFailure when the user has not said which */
    public Path policy() {
        if (policy == null) {
            throw new RunFailure("--policy must name the base policy's folder");
        }
        return policy;
    }

    public ConfigOptions settings() {
        return options;
    }

    /**
     * What the user has configured.
     *
     * @param run the section of that name in it
     * @param kafka the section of that name in it
     * @throws RunFailure when the settings are those of a run in one process
     */
    public <R extends Record> R load(
            ConfigLoader<R> loader, Function<R, RunSettings> run, Function<R, KafkaSettings> kafka) {
        R config = options.applyTo(loader).load();
        if (run.apply(config).id().isEmpty()) {
            throw new RunFailure("run.id must be set: the processes of a run find each other by it");
        }
        if (kafka.apply(config).embedded()) {
            throw new RunFailure("kafka.bootstrap-servers must name brokers that all processes of the run reach");
        }
        return config;
    }
}
