package io.tramontane.jobs.commands;

import io.tramontane.jobs.lab.watching.MetricsEndpoints;
import io.tramontane.jobs.lab.watching.WatchingBenchmark;
import io.tramontane.jobs.lab.watching.WatchingBenchmark.Pair;
import io.tramontane.jobs.lab.watching.WatchingBenchmark.Statistics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.util.PortRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Throughput of a run while it is watched, against the same run unwatched. */
@Command(
        name = "watching",
        description = {
            "What it costs a run to be watched: pairs of stretches of one run, one of each pair with the run page open,"
                    + " completions read in it and Prometheus collecting every fifteen seconds.",
            "The learning rate is set to next to nothing, so that the policy writes the same all along.",
            "Exits with 1 when more than 2 % of the tokens a second are lost in the median."
        },
        mixinStandardHelpOptions = true)
final class BenchWatchingCommand implements Callable<Integer> {

    private static final String NAME = "bench watching";
    private static final double MOST_LOST = 0.02;
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final String NEXT_TO_NOTHING = "1.0E-12";

    @Mixin
    private EndlessRunOptions run = new EndlessRunOptions();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "40",
            description = "Pairs of stretches (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Length of a stretch (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (pairs < 2 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--pairs must be at least 2, --seconds at least 1");
        }
        PortRange ports = MetricsEndpoints.free();
        WatchingBenchmark.Plan plan = new WatchingBenchmark.Plan(pairs, WARM_UP, Duration.ofSeconds(seconds));
        return run.measure(
                NAME,
                loader -> loader.option(NAME, "metrics.prometheus-port", ports.toString())
                        .option(NAME, "training.optimizer.learning-rate", NEXT_TO_NOTHING),
                TerminalConsole.open(),
                parts -> judge(new WatchingBenchmark(parts, ports, plan).run(this::print)));
    }

    private void print(Pair pair) {
        line(
                "pair",
                "%6.2f%% lost: %,.0f completion tokens/s, watched %,.0f; %.2f%% of the processors spent on it"
                        + " (%d looks at completions, %d events, %d scrapes)",
                100 * pair.lost(),
                pair.unwatched().tokensPerSecond(),
                pair.watched().tokensPerSecond(),
                100 * pair.share(),
                pair.seen().looks(),
                pair.seen().events(),
                pair.seen().scrapes());
    }

    private int judge(List<Pair> measured) {
        Statistics lost =
                Statistics.of(measured.stream().mapToDouble(Pair::lost).toArray());
        line("lost", "%s of the throughput", describe(lost));
        line(
                "processor",
                "%s of the machine's time for page, metrics and watcher",
                describe(
                        Statistics.of(measured.stream().mapToDouble(Pair::share).toArray())));
        return lost.median() <= MOST_LOST ? 0 : 1;
    }

    private static String describe(Statistics shares) {
        return String.format(
                Locale.ROOT,
                "%.2f%% in the median (mean %.2f%%, standard error %.2f)",
                100 * shares.median(),
                100 * shares.mean(),
                100 * shares.standardError());
    }

    private void line(String title, String format, Object... values) {
        spec.commandLine().getOut().printf("%-13s %s%n", title, String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }
}
