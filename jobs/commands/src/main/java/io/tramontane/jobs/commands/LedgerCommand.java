package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.ledger.Expectations;
import io.tramontane.jobs.ledger.Ledger;
import io.tramontane.jobs.ledger.LedgerJson;
import io.tramontane.jobs.ledger.LedgerReport;
import io.tramontane.jobs.ledger.LedgerTable;
import io.tramontane.jobs.replay.TrainingReplay;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.kafka.KafkaSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accounts for every completion of a run. */
@Command(
        name = "ledger",
        description = {
            "Prove from a run's topics that every completion was trained in one step, or dropped for one reason, or is"
                    + " still open, and that the weights of the steps follow; compare the lengths of what was dropped.",
            "Exits with 1 on any completion lost, trained twice or in two states, and on any step that does not follow."
        },
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {

    /** A shift of a fiftieth of all completions: far beyond chance, and small enough to be harmless. */
    static final String LENGTH_THRESHOLD = "0.02";

    @Parameters(
            paramLabel = "RUN",
            description = {
                "The run's folder, runs/<id>; or the id of a run without one, on the brokers that"
                        + " kafka.bootstrap-servers names."
            })
    private String run;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--closed",
            description = {
                "The run was stopped in order and its topics are final (without it: so it is for a folder with a"
                        + " summary.json)."
            })
    private boolean closed;

    @Option(
            names = "--settling",
            paramLabel = "SECONDS",
            description = {
                "How long a completion that came too late for its group may be without an outcome of its own before it"
                        + " counts as lost (default: 900, or 10 for a closed run)."
            })
    private Long settling;

    @Option(
            names = "--length-threshold",
            paramLabel = "SHIFT",
            defaultValue = LENGTH_THRESHOLD,
            description = {
                "How far dropping completions may move the distribution of lengths, as a Kolmogorov-Smirnov distance in"
                        + " [0, 1], before it is said that they part (default: ${DEFAULT-VALUE})."
            })
    private double lengthThreshold;

    @Option(
            names = "--recompute",
            description =
                    "Train all steps again as well, and require the recorded weights bit for bit; needs a folder.")
    private boolean recompute;

    @Option(names = "--json", description = "Write a JSON object in place of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Path.of(run);
        return Files.isDirectory(folder) ? ofFolder(folder) : ofBrokers();
    }

    private int ofFolder(Path folder) throws IOException, InterruptedException {
        TramontaneConfig config = RunFolder.located(
                options.applyTo(RunFolder.configurationOf(folder)).load(), folder);
        RunDirectory directory = RunFolder.of(config);
        try (RunKafka kafka = RunKafka.open(config, directory)) {
            boolean ended = closed || Files.exists(directory.summary());
            boolean clean = audit(kafka.settings(), directory.id(), ended, Fork.beginning(directory.fork()));
            return clean && (!recompute || recomputed(config, directory, kafka.settings())) ? 0 : 1;
        }
    }

    private int ofBrokers() throws InterruptedException {
        TramontaneConfig config = options.applyTo(TramontaneConfig.loader()).load();
        if (config.kafka().embedded()) {
            throw new RunFailure("there is no folder " + run
                    + "; for a run without one, kafka.bootstrap-servers must name its brokers");
        }
        if (recompute) {
            throw new RunFailure("--recompute needs the run's folder, which holds the policy it began with");
        }
        return audit(config.kafka(), run, closed, 0) ? 0 : 1;
    }

    /** @param beginning number of the step after which the run began */
    private boolean audit(KafkaSettings kafka, String runId, boolean ended, long beginning)
            throws InterruptedException {
        Expectations usual = ended ? Expectations.ofClosed() : Expectations.ofRunning();
        Expectations expectations = settling == null ? usual : new Expectations(ended, Duration.ofSeconds(settling));
        LedgerReport report = new Ledger(kafka, runId, expectations.beginningAfter(beginning)).audit();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? LedgerJson.of(report, lengthThreshold)
                        : LedgerTable.of(report, lengthThreshold, System.currentTimeMillis())
                                .stripTrailing());
        out.flush();
        return report.clean();
    }

    private boolean recomputed(TramontaneConfig config, RunDirectory directory, KafkaSettings kafka)
            throws IOException {
        TrainingReplay.Result result =
                new TrainingReplay(config, directory).run(kafka, directory.id(), Long.MAX_VALUE, (step, of) -> {});
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println(result.firstDifference()
                .map(step -> String.format(
                        Locale.ROOT,
                        "trained again: from step %d on other weights than recorded",
                        step.recorded().getStep()))
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "trained again: all %,d steps have the recorded weights, bit for bit (%.1f s)",
                        result.steps().size(),
                        result.seconds())));
        out.flush();
        return result.firstDifference().isEmpty();
    }
}
