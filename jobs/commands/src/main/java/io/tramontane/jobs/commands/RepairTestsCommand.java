package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.curation.RepairReport;
import io.tramontane.jobs.evaluation.curation.Solutions;
import io.tramontane.jobs.evaluation.curation.SuiteRepair;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.rewards.code.CodeVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Repairs the tests of a dataset's code problems. */
@Command(
        name = "repair-tests",
        description = {
            "Run programs on the tests of code problems, isolated, and believe them where they agree: a test on which"
                    + " they write different things is dropped, one on which they agree against what it expects is"
                    + " overwritten (jobs/DATASETS.md).",
            "The programs are those of a file, {\"problem\": id, \"language\", \"source\" or \"completion\"} a line, or"
                    + " with --run those that a run has recorded."
        },
        mixinStandardHelpOptions = true)
final class RepairTestsCommand implements Callable<Integer> {

    @Option(names = "--submissions", paramLabel = "FILE", description = "The programs, JSON Lines.")
    private Path submissions;

    @Option(
            names = "--run",
            paramLabel = "FOLDER",
            description = "Take the programs in this run's recorded completions of its own problems.")
    private Path run;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DatasetOption dataset = new DatasetOption();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "The dataset to write, as JSON Lines; what was changed goes beside it, with the reasons.")
    private Path output;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many programs are run at once (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((submissions == null) == (run == null)) {
            throw new ParameterException(
                    spec.commandLine(), "either programs are needed, --submissions FILE, or a run's, --run FOLDER");
        }
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1");
        }
        TramontaneConfig config = load();
        DatasetOutput written = DatasetOutput.at(output, "repairs");
        written.requireApart(config.dataset());
        ProblemSet problems =
                DatasetProblems.plain(config.dataset(), config.run().seed());
        Solutions solutions = solutions(config, problems);
        RunConsole console = TerminalConsole.open();
        RepairReport report;
        try (CodeVerifier verifier = CodeVerifier.start(config.reward().code());
                SuiteRepair repair = new SuiteRepair(
                        verifier,
                        config.curation().tests(),
                        config.reward().code().tolerance(),
                        config.dataset().maximumReferenceCharacters(),
                        threads)) {
            report = new RepairReport(
                    repair.repair(problems, solutions, (done, of) -> console.progress("repairing", done, of)));
        }
        console.print(report.table());
        if (report.judged() == 0) {
            throw new RunFailure(
                    "no problem has the " + config.curation().tests().minimumSolutions()
                            + " programs that run, without a checker, by which tests are judged"
                            + " (curation.tests.minimum-solutions), so nothing was written");
        }
        if (report.kept() == 0) {
            throw new RunFailure("no problem is left, so nothing was written");
        }
        written.write(report.keptRows(), report.changes());
        console.say("wrote", "%s, %s", output, written.beside().getFileName());
        return 0;
    }

    private TramontaneConfig load() {
        ConfigLoader<TramontaneConfig> loader =
                options.applyTo(run == null ? TramontaneConfig.loader() : RunFolder.configurationOf(run));
        dataset.applyTo(loader);
        return run == null ? loader.load() : RunFolder.located(loader.load(), run);
    }

    private Solutions solutions(TramontaneConfig config, ProblemSet problems) throws IOException {
        int most = config.curation().tests().maximumSolutions();
        if (run == null) {
            return Solutions.in(submissions, problems, config.reward(), most);
        }
        RunDirectory directory = RunFolder.of(config);
        try (RunKafka kafka = RunKafka.open(config, directory)) {
            return Solutions.recorded(
                    kafka.settings(),
                    directory.id(),
                    DatasetProblems.prompted(config.dataset(), problems),
                    config.reward(),
                    most);
        }
    }
}
