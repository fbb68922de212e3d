package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.curation.Curation;
import io.tramontane.jobs.evaluation.curation.CurationTable;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.ProblemCuration;
import io.tramontane.jobs.run.local.RunKafka;
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

/** Drops the problems of a dataset that are not worth training on. */
@Command(
        name = "curate",
        description = {
            "Drop the training problems that a policy never or always solves, and those where its completions agree on"
                    + " another answer than the reference (jobs/DATASETS.md).",
            "Judged are completions sampled from POLICY, a folder in Hugging Face layout, or with --run those that a run"
                    + " recorded while it trained."
        },
        mixinStandardHelpOptions = true)
final class CurateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "POLICY", arity = "0..1", description = "The folder of the policy to sample from.")
    private Path policy;

    @Option(
            names = "--run",
            paramLabel = "FOLDER",
            description = "Judge by this run's recorded completions of its own problems; nothing is sampled.")
    private Path run;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private CurationOptions sampling = new CurationOptions();

    @Mixin
    private DatasetOption dataset = new DatasetOption();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "The dataset to write, as JSON Lines; what was dropped goes beside it, with the reasons.")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if ((policy == null) == (run == null)) {
            throw new ParameterException(
                    spec.commandLine(), "either the folder of a POLICY is needed, or a run's with --run FOLDER");
        }
        if (run != null && sampling.given()) {
            throw new ParameterException(
                    spec.commandLine(), "--samples, --temperature and --tokens are for a POLICY, not for --run");
        }
        TramontaneConfig config = load();
        DatasetOutput written = DatasetOutput.at(output, "dropped");
        written.requireApart(config.dataset());
        ProblemSet problems =
                DatasetProblems.plain(config.dataset(), config.run().seed());
        RunConsole console = TerminalConsole.open();
        Curation curation;
        try (RewardFunction rewards = new RewardFunction(config.reward())) {
            ProblemCuration curator = new ProblemCuration(config, rewards);
            curation = run == null
                    ? curator.bySampling(policy, problems, (graded, of) -> console.progress("sampling", graded, of))
                    : recorded(config, curator, problems);
        }
        console.print(CurationTable.of(curation));
        if (curation.kept().isEmpty()) {
            throw new RunFailure("no problem is left, so nothing was written");
        }
        written.write(curation.keptRows(), curation.droppedRows());
        console.say("wrote", "%s, %s", output, written.beside().getFileName());
        return 0;
    }

    private TramontaneConfig load() {
        ConfigLoader<TramontaneConfig> loader =
                run == null ? TramontaneConfig.loader() : RunFolder.configurationOf(run);
        options.applyTo(loader);
        dataset.applyTo(loader);
        if (run == null) {
            return sampling.load(loader, policy, spec);
        }
        return CurationOptions.checked(RunFolder.located(loader.load(), run));
    }

    private static Curation recorded(TramontaneConfig config, ProblemCuration curator, ProblemSet problems) {
        RunDirectory directory = RunFolder.of(config);
        try (RunKafka kafka = RunKafka.open(config, directory)) {
            return curator.byRecording(kafka.settings(), directory.id(), problems);
        }
    }
}
