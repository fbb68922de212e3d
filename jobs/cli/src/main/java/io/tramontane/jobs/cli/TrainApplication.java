package io.tramontane.jobs.cli;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The training job in an application cluster, where Flink's JobManager calls this in its own process:
 * {@code standalone-job --job-classname io.tramontane.jobs.cli.TrainApplication …} or the entry class of a
 * {@code FlinkDeployment}. The arguments are those of {@code tramontane train}. Unlike the command line it never ends
 * the process, which belongs to Flink and lives on with the job.
 */
public final class TrainApplication {

    private TrainApplication() {}

    /**
     * Submits the job.
     *
     * @throws RunFailure when the job could not be submitted; what was wrong has been printed
     */
    public static void main(String[] arguments) {
        List<String> command = new ArrayList<>(List.of("train"));
        command.addAll(List.of(arguments));
        int exitCode = Tramontane.commandLine(
                        new PrintWriter(StandardStreams.out(), true), new PrintWriter(StandardStreams.error(), true))
                .execute(command.toArray(String[]::new));
        if (exitCode != CommandLine.ExitCode.OK) {
            throw new RunFailure("the training job was not submitted; the reason stands above");
        }
    }
}
