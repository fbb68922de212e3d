package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.lab.language.LanguageBenchmark;
import io.tramontane.jobs.lab.scoring.ScoringBenchmark;
import io.tramontane.jobs.lab.weights.WeightsTransportBenchmark;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.rewards.language.LanguageSettings;
import io.tramontane.rewards.language.SampleTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures single parts. */
@Command(
        name = "bench",
        description = "Measure single parts on this machine.",
        subcommands = {
            BenchCheckpointCommand.class,
            BenchCodeCommand.class,
            BenchCurateCommand.class,
            BenchMathCommand.class,
            BenchPageCommand.class,
            BenchSoakCommand.class,
            BenchThroughputCommand.class,
            BenchWatchingCommand.class
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {

    private static final int BYTES_A_MEGABYTE = 1_000_000;

    /** What fits into one array. */
    private static final int MOST_MEGABYTES = 2_000;

    private static final String TEMPORARY = "tramontane-bench";

    @Spec
    private CommandSpec spec;

    /** Without a subcommand there is nothing to measure. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "weights",
            description =
                    "From publishing weights to a verified copy in a consumer, for a late joiner, and for plain bytes.",
            mixinStandardHelpOptions = true)
    int weights(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--megabytes",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Size of one version (default: ${DEFAULT-VALUE}).")
                    int megabytes,
            @Option(
                            names = "--versions",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Versions that are timed (default: ${DEFAULT-VALUE}).")
                    int versions)
            throws InterruptedException, IOException {
        if (versions < 1 || megabytes < 1 || megabytes > MOST_MEGABYTES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--versions must be at least 1, and --megabytes between 1 and " + MOST_MEGABYTES);
        }
        TramontaneConfig loaded = options.applyTo(TramontaneConfig.loader()).load();
        Path temporary = Files.createTempDirectory(TEMPORARY);
        try {
            String id = "bench-" + RunFolder.nameFromTime();
            TramontaneConfig config =
                    loaded.withRun(new RunSettings(id, loaded.run().seed(), temporary));
            RunDirectory directory = RunFolder.create(config);
            try (RunKafka kafka = RunKafka.open(config, directory)) {
                var report = WeightsTransportBenchmark.run(
                        kafka.settings(), id, config.weights(), megabytes * BYTES_A_MEGABYTE, versions);
                spec.commandLine().getOut().println(report);
            }
            return 0;
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
        }
    }

    @Command(
            name = "scoring",
            description =
                    "Throughput of a scoring job while verifiers hang, crash and return garbage, against a clean one.",
            mixinStandardHelpOptions = true)
    int scoring(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--completions",
                            paramLabel = "N",
                            defaultValue = "10000",
                            description = "Completions in a pass (default: ${DEFAULT-VALUE}).")
                    int completions,
            @Option(
                            names = "--faulty",
                            paramLabel = "SHARE",
                            defaultValue = "0.05",
                            description = "Share of them on which the verifier misbehaves (default: ${DEFAULT-VALUE}).")
                    double faulty,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            defaultValue = "64",
                            description = "Threads that ask the verifier (default: ${DEFAULT-VALUE}).")
                    int threads,
            @Option(
                            names = "--deadline-millis",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "Its deadline in milliseconds (default: ${DEFAULT-VALUE}).")
                    int deadline,
            @Option(
                            names = "--answer-millis",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Time it takes when it answers (default: ${DEFAULT-VALUE}).")
                    int answer,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "Pairs of passes (default: ${DEFAULT-VALUE}).")
                    int rounds)
            throws InterruptedException, IOException {
        if (completions < 1 || faulty < 0 || faulty > 1 || threads < 1 || deadline < 1 || answer < 0 || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--faulty must lie between 0 and 1, --answer-millis be 0 or more, all others 1 or more");
        }
        TramontaneConfig config = options.applyTo(TramontaneConfig.loader()).load();
        Path temporary = Files.createTempDirectory(TEMPORARY);
        try {
            ScoringBenchmark.Result result = new ScoringBenchmark(
                            config,
                            new ScoringBenchmark.Plan(
                                    completions,
                                    faulty,
                                    threads,
                                    Duration.ofMillis(deadline),
                                    Duration.ofMillis(answer),
                                    rounds))
                    .run(temporary);
            print(result, completions, rounds);
            return result.complete() ? 0 : 1;
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
        }
    }

    private void print(ScoringBenchmark.Result result, int completions, int rounds) {
        double all = (double) completions * rounds;
        line("clean", "%,.0f completions a second", all / result.cleanSeconds());
        line(
                "faulty",
                "%,.0f completions a second, %.1f%% of clean",
                all / result.faultySeconds(),
                100 * result.kept());
        line("expected", "%s of the faulty verifier", result.expected());
        result.faulty().verdicts().forEach((name, count) -> line("", "%-24s %,8d", name, count));
        line(
                "verdicts",
                result.complete()
                        ? "every completion has one; " + result.late() + " orderly ones came after the deadline"
                        : "NOT those there must be");
    }

    @Command(
            name = "language",
            description = "How often the language of 10 to 30 words is recognised correctly, and how long that takes.",
            mixinStandardHelpOptions = true)
    int language(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "Times every text is read, the first untimed (default: ${DEFAULT-VALUE}).")
                    int rounds) {
        if (rounds < 2) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 2");
        }
        String languages = String.join(", ", SampleTexts.load().languages());
        ConfigLoader<TramontaneConfig> loader =
                TramontaneConfig.loader().option("bench language", "reward.language.languages", "[" + languages + "]");
        LanguageBenchmark benchmark;
        try {
            LanguageSettings settings = options.applyTo(loader)
                    .load()
                    .reward()
                    .settings(LanguageSettings.class)
                    .orElseThrow();
            benchmark = new LanguageBenchmark(settings, Integer.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        LanguageBenchmark.Result result = benchmark.run(rounds);
        line("right", "%.2f%% of %,d texts", 100 * result.overall(), result.texts());
        result.accuracy().forEach((language, share) -> line("", "%s %6.2f%%", language, 100 * share));
        line("changed", "%,d by formulas and code put into them", result.changed());
        line("a call", "median %.0f µs, p99 %.0f µs", result.medianMicros(), result.p99Micros());
        line("a completion", "%.0f µs: thoughts and answer, the problem's language known", result.gradeMicros());
        return 0;
    }

    private void line(String title, String format, Object... values) {
        spec.commandLine().getOut().printf("%-13s %s%n", title, String.format(Locale.ROOT, format, values));
    }
}
