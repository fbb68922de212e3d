package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.cluster.Cluster;
import io.tramontane.jobs.run.cluster.ClusterDirectory;
import io.tramontane.jobs.run.cluster.ClusterPlan;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The cluster that lies in a run's folder. */
final class ClusterFolder {

    private ClusterFolder() {}

    /**
     * The cluster in the folder of a run, with the run's configuration.
     *
     * @throws RunFailure when there is none
     */
    static Cluster existing(Path folder, ConfigOptions options) {
        ClusterDirectory directory = new ClusterDirectory(new RunDirectory(folder));
        if (!Files.exists(directory.plan())) {
            throw new RunFailure(
                    "there is no cluster in " + folder + "; start one with: ./tramontane cluster up " + folder);
        }
        TramontaneConfig config = RunFolder.located(
                options.applyTo(RunFolder.configurationOf(folder)).load(), folder);
        return Cluster.of(located(config), ClusterPlan.load(directory.plan()), config);
    }

    /**
     * The cluster in the folder, made when there is none; what the options say is written into the folder.
     *
     * @param presets settings under those of the user
     * @param taskManagers empty to leave it as it is; for a new cluster one more than the job needs
     * @param generators empty to leave it as it is; for a new cluster one
     */
    static Cluster prepared(
            Path folder,
            Map<String, String> presets,
            ConfigOptions options,
            Optional<Integer> taskManagers,
            Optional<Integer> generators)
            throws IOException {
        ConfigLoader<TramontaneConfig> loader = Files.exists(new RunDirectory(folder).configuration())
                ? RunFolder.configurationOf(folder)
                // Processes die on a cluster, and each death is a failure of the job.
                : TramontaneConfig.loader().option("a cluster's preset", "flink.restart-attempts", "-1");
        presets.forEach((key, value) -> loader.option("the command's preset", key, value));
        TramontaneConfig config = RunFolder.located(options.applyTo(loader).load(), folder);
        ClusterDirectory directory = located(config);
        int wanted = taskManagers.orElse(config.flink().parallelism() + 1);
        ClusterPlan plan = Files.exists(directory.plan())
                ? ClusterPlan.load(directory.plan())
                : ClusterPlan.create(wanted, 1, embedded(config), config.flink().webPort());
        plan = plan.withSize(taskManagers.orElse(plan.taskManagers()), generators.orElse(plan.generators()));
        if (embedded(config)) {
            config = config.withKafka(
                    new KafkaSettings(plan.brokerAddress(), config.kafka().properties()));
        }
        RunFolder.create(config);
        Files.createDirectories(directory.plan().getParent());
        plan.save(directory.plan());
        return Cluster.of(directory, plan, config);
    }

    /** Makes the base policy of a new run by the warm-up, or takes the user's. */
    static void makeBasePolicy(Cluster cluster, Optional<Path> policy, RunConsole console) throws IOException {
        RunDirectory run = cluster.directory().run();
        TramontaneConfig config = cluster.config();
        if (Files.exists(run.basePolicy())) {
            return;
        }
        if (policy.isPresent()) {
            PolicyFiles.save(run.basePolicy(), PolicyFiles.load(policy.get()));
        } else {
            var warmUp =
                    new WarmUp(config.policy(), config.warmUp(), config.run().seed());
            PolicyFiles.save(run.basePolicy(), warmUp.run(console::warmUp));
        }
    }

    private static ClusterDirectory located(TramontaneConfig config) {
        return new ClusterDirectory(
                new RunDirectory(RunFolder.of(config).root().toAbsolutePath().normalize()));
    }

    private static boolean embedded(TramontaneConfig config) {
        return config.kafka().embedded();
    }
}
