package io.tramontane.jobs.cli;

import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.FlinkConfiguration;
import io.tramontane.jobs.local.RunFailure;
import io.tramontane.jobs.train.TrainJob;
import io.tramontane.jobs.train.TrainTopology;
import io.tramontane.policy.files.PolicyFiles;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Submits the training job. */
@Command(
        name = "train",
        description = {
            "Run the training job alone, against brokers of yours: 'flink run' submits it to a cluster, started by itself"
                    + " it runs in this process. Generators are started with 'generate'."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        TramontaneConfig config = cluster.load();
        // A broken policy is found here and not on a task manager.
        PolicyFiles.load(cluster.policy());
        cluster.prepareTopics(config);
        var environment = StreamExecutionEnvironment.getExecutionEnvironment(FlinkConfiguration.ofJob(config.flink()));
        TrainTopology.build(environment, TrainJob.of(config, config.run().id(), config.kafka(), cluster.policy()));
        spec.commandLine().getOut().println("training run " + config.run().id());
        try {
            environment.execute("Tramontane " + config.run().id());
        } catch (JobExecutionException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new RunFailure("the training job failed: " + root.getMessage(), e);
        }
        return 0;
    }
}
