package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.grade.CodeLineGrader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.rewards.code.CodeVerifier;
import io.tramontane.rewards.composition.RewardSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs programs against tests. */
@Command(
        name = "code",
        description = {
            "Compile programs and run them against tests, isolated: lines {\"id\", \"language\", \"source\" or"
                    + " \"completion\", \"tests\": [{\"stdin\", \"stdout\"}]} give lines {\"id\", \"verdict\", \"reason\","
                    + " \"tests\": [{\"verdict\", \"cpu-millis\", \"memory-bytes\"}], \"micros\"}.",
            "Of a completion the first fenced block that names its language is graded. A line may also have"
                    + " \"function\", \"checker\", \"tolerance\", \"time-limit\" and \"memory-limit\", and \"group\", by"
                    + " which the tests are drawn when there are more than reward.code.tests-per-completion.",
            "Verdicts: CORRECT, WRONG, TIMEOUT, CRASHED, UNGRADABLE."
        },
        mixinStandardHelpOptions = true)
final class GradeCodeCommand implements Callable<Integer> {

    @Mixin
    private GradeFiles files = new GradeFiles();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many programs are graded at once (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1");
        }
        RewardSettings settings =
                options.applyTo(TramontaneConfig.loader()).load().reward();
        try (CodeVerifier verifier = CodeVerifier.start(settings.code())) {
            files.grade(new CodeLineGrader(settings, verifier), threads, spec.commandLine());
        }
        return 0;
    }
}
