package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.curation.Curation;
import io.tramontane.jobs.evaluation.curation.CurationTable;
import io.tramontane.jobs.evaluation.curation.WrongReferenceReport;
import io.tramontane.jobs.evaluation.curation.WrongReferences;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.ProblemCuration;
import io.tramontane.rewards.composition.RewardFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures whether curation finds wrong references. */
@Command(
        name = "curate",
        description = {
            "Give a share of the built-in problems a wrong reference, curate with a policy, and count how many of these"
                    + " are dropped, and how many that should be kept.",
            "The exit code is 1 when fewer wrong ones or more good ones are dropped than allowed."
        },
        mixinStandardHelpOptions = true)
final class BenchCurateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "POLICY", description = "The folder of a policy of the built-in task.")
    private Path policy;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private CurationOptions sampling = new CurationOptions();

    @Option(
            names = "--problems",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Training problems (dataset.problems; default: ${DEFAULT-VALUE}).")
    private String problems;

    @Option(
            names = "--wrong",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Share of them with a wrong reference, drawn from run.seed (default: ${DEFAULT-VALUE}).")
    private double wrong;

    @Option(
            names = "--least-wrong",
            paramLabel = "SHARE",
            defaultValue = "0.95",
            description = "Share of the wrong references that must be dropped (default: ${DEFAULT-VALUE}).")
    private double leastWrong;

    @Option(
            names = "--most-good",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Share that may be dropped of the problems with right references that the policy solves now"
                    + " and then (default: ${DEFAULT-VALUE}).")
    private double mostGood;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(wrong >= 0 && wrong <= 1)) {
            throw new ParameterException(spec.commandLine(), "--wrong must lie between 0 and 1");
        }
        ConfigLoader<TramontaneConfig> loader = options.applyTo(TramontaneConfig.loader())
                .option("bench curate", "dataset.source", "word-problems")
                .option("--problems", "dataset.problems", problems);
        TramontaneConfig config = sampling.load(loader, policy, spec);
        long seed = config.run().seed();
        WrongReferences injected = WrongReferences.injected(DatasetProblems.plain(config.dataset(), seed), wrong, seed);
        RunConsole console = TerminalConsole.open();
        Curation curation;
        try (RewardFunction rewards = new RewardFunction(config.reward())) {
            curation = new ProblemCuration(config, rewards)
                    .bySampling(policy, injected.problems(), (graded, of) -> console.progress("sampling", graded, of));
        }
        console.print(CurationTable.of(curation) + System.lineSeparator());
        WrongReferenceReport report = WrongReferenceReport.of(curation, injected.wrong());
        console.print(report.toString());
        return report.wrongShare() >= leastWrong && report.goodShare() <= mostGood ? 0 : 1;
    }
}
