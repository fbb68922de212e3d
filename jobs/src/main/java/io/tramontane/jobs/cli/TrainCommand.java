package io.tramontane.jobs.cli;

import io.tramontane.jobs.cluster.Cluster;
import io.tramontane.jobs.cluster.ClusterTraining;
import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.ConfigParameters;
import io.tramontane.jobs.local.FlinkConfiguration;
import io.tramontane.jobs.local.RunConsole;
import io.tramontane.jobs.local.RunFailure;
import io.tramontane.jobs.train.TrainJob;
import io.tramontane.jobs.train.TrainTopology;
import io.tramontane.policy.files.PolicyFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Submits the training job. */
@Command(
        name = "train",
        description = {
            "Run the training job alone, against brokers of yours: 'flink run' submits it to a cluster, started by itself"
                    + " it runs in this process. Generators are started with 'generate'.",
            "With --cluster, submit it to the processes that 'cluster up' has started and watch it; Ctrl-C leaves it"
                    + " running."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions brokers = new ClusterOptions();

    @Option(
            names = "--cluster",
            paramLabel = "FOLDER",
            description = "The run's folder, runs/<id>, in which 'cluster up' has started a cluster.")
    private Path folder;

    @Option(names = "--detached", description = "With --cluster: return as soon as the job is submitted.")
    private boolean detached;

    @Option(
            names = "--stop",
            description = "With --cluster: end the job with a savepoint, from which the next 'train' goes on.")
    private boolean stop;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (folder != null) {
            return onCluster();
        }
        if (detached || stop) {
            throw new RunFailure("--detached and --stop need --cluster");
        }
        TramontaneConfig config = brokers.load();
        // A broken policy is found here and not on a task manager.
        PolicyFiles.load(brokers.policy());
        brokers.prepareTopics(config);
        Configuration configuration = FlinkConfiguration.ofJob(config.flink());
        // For a cluster in this process; any other reports what its own configuration says.
        config.metrics().applyTo(configuration);
        var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.getConfig().setGlobalJobParameters(new ConfigParameters(config));
        TrainTopology.build(environment, TrainJob.of(config, config.run().id(), config.kafka(), brokers.policy()));
        spec.commandLine().getOut().println("training run " + config.run().id());
        try {
            environment.execute("Tramontane " + config.run().id());
        } catch (JobExecutionException e) {
            throw new RunFailure(
                    "the training job failed: " + RunFailure.rootOf(e).getMessage(), e);
        }
        return 0;
    }

    private int onCluster() throws Exception {
        Cluster cluster = ClusterFolder.existing(folder, brokers.settings());
        RunConsole console = StandardStreams.console();
        LogFile.writeTo(cluster.directory().run().log());
        ClusterTraining training = new ClusterTraining(cluster, console);
        if (stop) {
            console.say("savepoint", "%s", training.stop());
            return 0;
        }
        boolean submitted = training.submit(cluster.config(), jar());
        console.say("job", submitted ? "submitted" : "runs already");
        console.say("Flink UI", "%s", training.webAddress());
        if (detached) {
            return 0;
        }
        Interruption interruption = Interruption.stoppingBy(training::leave);
        try {
            training.follow(cluster.config());
        } finally {
            interruption.close();
        }
        return 0;
    }

    /** The jar this class comes from, which a cluster gets with the job. */
    static Path jar() throws URISyntaxException {
        return Path.of(TrainCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
