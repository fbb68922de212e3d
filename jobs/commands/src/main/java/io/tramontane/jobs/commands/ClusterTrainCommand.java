package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.TrainCommand;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.run.cluster.Cluster;
import io.tramontane.jobs.run.cluster.ClusterTraining;
import io.tramontane.jobs.run.console.RunConsole;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Submits the training job, also to the processes of {@link ClusterCommand}. */
@Command(
        name = "train",
        description = {
            TrainCommand.DESCRIPTION,
            "With --cluster, submit it to the processes that 'cluster up' has started and watch it; Ctrl-C leaves it"
                    + " running."
        },
        mixinStandardHelpOptions = true)
final class ClusterTrainCommand extends TrainCommand {

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

    @Override
    public Integer call() throws Exception {
        if (folder != null) {
            return onCluster();
        }
        if (detached || stop) {
            throw new RunFailure("--detached and --stop need --cluster");
        }
        return super.call();
    }

    private int onCluster() throws Exception {
        Cluster cluster = ClusterFolder.existing(folder, brokers().settings());
        RunConsole console = TerminalConsole.open();
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
