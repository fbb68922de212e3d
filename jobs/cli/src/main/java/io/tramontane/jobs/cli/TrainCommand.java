package io.tramontane.jobs.cli;

import io.tramontane.jobs.data.job.JobConfig;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.ConfigParameters;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.topology.TrainTopology;
import io.tramontane.policy.files.PolicyFiles;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Submits the training job. */
@Command(name = "train", description = TrainCommand.DESCRIPTION, mixinStandardHelpOptions = true)
public class TrainCommand implements Callable<Integer> {

    public static final String DESCRIPTION =
            "Run the training job alone, against your own brokers: 'flink run' submits it to a cluster, started by itself"
                    + " it runs in this process. Generators are started with 'generate'.";

    @Mixin
    private ClusterOptions brokers = new ClusterOptions();

    @Spec
    private CommandSpec spec;

    /** Made by the command line. */
    public TrainCommand() {}

    /** How the job and its brokers are configured. */
    protected final ClusterOptions brokers() {
        return brokers;
    }

    @Override
    public Integer call() throws Exception {
        JobConfig config = brokers.load(JobConfig.loader(), JobConfig::run, JobConfig::kafka);
        // A broken policy is found here and not on a task manager.
        PolicyFiles.load(brokers.policy());
        brokers.prepareTopics(config.run(), config.kafka());
        Configuration configuration = FlinkConfiguration.ofJob(config.flink());
        // For a cluster in this process; any other reports what its own configuration says.
        config.metrics().applyTo(configuration);
        var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.getConfig().setGlobalJobParameters(new ConfigParameters(config));
        TrainTopology.build(environment, config.trainJob(config.run().id(), config.kafka(), brokers.policy()));
        spec.commandLine().getOut().println("training run " + config.run().id());
        try {
            environment.execute("Tramontane " + config.run().id());
        } catch (JobExecutionException e) {
            throw new RunFailure(
                    "the training job failed: " + RunFailure.rootOf(e).getMessage(), e);
        }
        return 0;
    }
}
