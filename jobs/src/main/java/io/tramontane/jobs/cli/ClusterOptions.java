package io.tramontane.jobs.cli;

import io.tramontane.jobs.config.ConfigLoader;
import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.LocalServices;
import io.tramontane.jobs.local.RunFailure;
import io.tramontane.kafka.topics.TopicAdmin;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the processes of a run have in common when they are spread over machines. */
final class ClusterOptions {

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
    void prepareTopics(TramontaneConfig config) {
        if (topicsExist) {
            return;
        }
        try (TopicAdmin topics = new TopicAdmin(config.kafka())) {
            topics.createMissing(config.run().id());
        }
    }

    /** @throws RunFailure when the user has not said which */
    Path policy() {
        if (policy == null) {
            throw new RunFailure("--policy must name the base policy's folder");
        }
        return policy;
    }

    ConfigOptions settings() {
        return options;
    }

    /** @throws RunFailure when the settings are those of a run in one process */
    TramontaneConfig load() {
        TramontaneConfig config = options.applyTo(new ConfigLoader()).load();
        if (config.run().id().isEmpty()) {
            throw new RunFailure("run.id must be set: the processes of a run find each other by it");
        }
        if (config.kafka().bootstrapServers().equals(LocalServices.EMBEDDED)) {
            throw new RunFailure("kafka.bootstrap-servers must name brokers that all processes of the run reach");
        }
        return config;
    }
}
