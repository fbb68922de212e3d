package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.lab.scoring.AsyncBenchmark;
import io.tramontane.jobs.lab.scoring.AsyncBenchmark.HeldState;
import io.tramontane.jobs.lab.scoring.AsyncBenchmark.Load;
import io.tramontane.jobs.lab.scoring.AsyncBenchmark.Pass;
import io.tramontane.jobs.lab.scoring.AsyncBenchmark.Result;
import io.tramontane.jobs.lab.scoring.AsyncBenchmark.Way;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The scoring operator against what Flink has for the same purpose. */
@Command(
        name = "async",
        description = {
            "The scoring operator against Flink's asynchronous I/O with equally many threads, on the same completions:"
                    + " throughput with quick and with mixed verifiers, what becomes of completions when every thread"
                    + " of a verifier is lost, and what a checkpoint holds.",
            "Exits with 1 when a completion is missing."
        },
        mixinStandardHelpOptions = true)
final class BenchAsyncCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--completions",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Completions in a pass (default: ${DEFAULT-VALUE}).")
    private int completions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "16",
            description = "Threads of the verifier that may be slow, in each subtask (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--deadline-millis",
            paramLabel = "N",
            defaultValue = "500",
            description = "Its deadline, and the timeout of asynchronous I/O (default: ${DEFAULT-VALUE}).")
    private int deadline;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds, each a pass of every way (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (completions < 1 || threads < 1 || deadline < 1 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "all numbers must be at least 1");
        }
        TramontaneConfig config = options.applyTo(TramontaneConfig.loader()).load();
        Path temporary = Files.createTempDirectory("tramontane-bench");
        try {
            var plan = new AsyncBenchmark.Plan(completions, threads, Duration.ofMillis(deadline), rounds);
            Result result = new AsyncBenchmark(config, plan).run(temporary);
            throughput("quick", result, Load.QUICK);
            throughput("mixed", result, Load.MIXED);
            lostThreads(result);
            checkpoints(result);
            return complete(result) ? 0 : 1;
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
        }
    }

    private void throughput(String title, Result result, Load load) {
        for (Way way : Way.values()) {
            line(
                    title,
                    "%-14s %,8.0f completions a second%s%s",
                    way.title(),
                    result.rate(load, way),
                    way == Way.OPERATOR
                            ? ""
                            : String.format(
                                    Locale.ROOT, "; our operator has %.2f times as many", result.ratio(load, way)),
                    load == Load.QUICK
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "; %,d timed out",
                                    last(result, load, way).timedOut()));
        }
    }

    private void lostThreads(Result result) {
        for (Way way : Way.values()) {
            Pass pass = last(result, Load.LOST_THREADS, way);
            line(
                    "lost threads",
                    "%-14s %,d of %,d completions judged, %,d timed out, %.1f s",
                    way.title(),
                    pass.judged(),
                    pass.completions(),
                    pass.timedOut(),
                    pass.seconds());
        }
    }

    private void checkpoints(Result result) {
        for (Way way : Way.values()) {
            Optional<HeldState> largest = result.of(Load.MIXED, way).stream()
                    .flatMap(pass -> pass.largest().stream())
                    .max(Comparator.comparingLong(HeldState::held));
            line(
                    "checkpoint",
                    "%-14s %s",
                    way.title(),
                    largest.map(state -> String.format(
                                    Locale.ROOT,
                                    "%,d completions in grading, %,d bytes of state",
                                    state.held(),
                                    state.bytes()))
                            .orElse("none was completed"));
        }
    }

    private static Pass last(Result result, Load load, Way way) {
        List<Pass> passes = result.of(load, way);
        return passes.get(passes.size() - 1);
    }

    private boolean complete(Result result) {
        for (Load load : Load.values()) {
            long wanted =
                    load == Load.LOST_THREADS ? last(result, load, Way.OPERATOR).completions() : completions;
            for (Way way : Way.values()) {
                if (wanted == 0 || result.of(load, way).stream().anyMatch(pass -> pass.completions() != wanted)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void line(String title, String format, Object... values) {
        spec.commandLine().getOut().printf("%-13s %s%n", title, String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }
}
