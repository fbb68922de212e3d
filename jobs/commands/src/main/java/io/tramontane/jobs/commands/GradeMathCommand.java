package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.grade.MathLineGrader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.rewards.math.MathEquality;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares mathematical answers with references. */
@Command(
        name = "math",
        description = {
            "Compare answers with references: lines {\"id\", \"gold\", \"pred\"} give lines {\"id\", \"verdict\","
                    + " \"reason\", \"micros\"}.",
            "Verdicts: CORRECT, WRONG, TIMEOUT, CRASHED, UNGRADABLE."
        },
        mixinStandardHelpOptions = true)
final class GradeMathCommand implements Callable<Integer> {

    @Mixin
    private GradeFiles files = new GradeFiles();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var settings =
                options.applyTo(TramontaneConfig.loader()).load().reward().math();
        files.grade(new MathLineGrader(new MathEquality(settings)), spec.commandLine());
        return 0;
    }
}
