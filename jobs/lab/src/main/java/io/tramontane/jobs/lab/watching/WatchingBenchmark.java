package io.tramontane.jobs.lab.watching;

import io.tramontane.jobs.page.dashboard.Attention;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.run.local.EndlessRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.flink.util.PortRange;

/**
 * What it costs a run to be watched: pairs of stretches of one run, in one of which a {@link Watcher} has page and
 * metrics open. Which of a pair is watched alternates, so that what drifts cancels.
 */
public final class WatchingBenchmark {

    /** A page that is opened reads what it has missed. */
    private static final Duration UNTIL_THE_PAGE_IS_UP_TO_DATE = Duration.ofSeconds(3);

    private static final Duration UNTIL_THE_PAGE_IS_QUIET = Attention.LASTS.plusSeconds(1);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of the page, of Flink's REST interface and metrics, of the endpoint for Prometheus, and of the watcher. */
    private static final List<String> WATCHING = List.of(
            "page-",
            "HttpClient-",
            "Flink-DispatcherRestEndpoint",
            "flink-rest-server",
            "flink-metrics",
            "prometheus-http",
            "watcher");

    private final EndlessRun.Parts parts;
    private final PortRange ports;
    private final Plan plan;

    /**
     * What is to be measured.
     *
     * @param warmUp before the first pair, unwatched and then watched: what is compiled meanwhile is so once
     * @param stretch a half of a pair
     */
    public record Plan(int pairs, Duration warmUp, Duration stretch) {}

    /**
     * A pair of stretches.
     *
     * @param seen by the watcher meanwhile
     */
    public record Pair(Speed unwatched, Speed watched, Watcher.Looks seen) {

        /** Throughput lost by being watched, as a share; negative when the watched stretch was the faster one. */
        public double lost() {
            return 1 - watched.tokensPerSecond() / unwatched.tokensPerSecond();
        }

        /** Part of the machine's processor time that is spent on being watched. */
        public double share() {
            return watched.watchingShare() - unwatched.watchingShare();
        }
    }

    /**
     * How fast a stretch was.
     *
     * @param tokensPerSecond completion tokens generated
     * @param watchingShare part of the machine's processor time that went into page, Flink's REST interface, metrics
     *     and the watcher itself
     */
    public record Speed(double tokensPerSecond, double watchingShare) {}

    /**
     * Nothing runs before {@link #run}.
     *
     * @param parts with {@code metrics.prometheus-port} at {@code ports}
     * @param ports of the loopback interface at which metrics may be
     */
    public WatchingBenchmark(EndlessRun.Parts parts, PortRange ports, Plan plan) {
        this.parts = parts;
        this.ports = ports;
        this.plan = plan;
    }

    /**
     * Measures.
     *
     * @param progress receives each pair
     * @return all pairs
     * @throws IOException when the page or an endpoint does not answer
     */
    public List<Pair> run(Consumer<Pair> progress) throws IOException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        try (EndlessRun run = EndlessRun.start(parts);
                Dashboard page = run.servePage()) {
            follow(run, plan.warmUp());
            List<URI> endpoints = MetricsEndpoints.answering(ports);
            try (Watcher watcher = Watcher.start(page.address(), endpoints)) {
                follow(run, plan.warmUp());
                watcher.seen();
            }
            while (pairs.size() < plan.pairs()) {
                boolean watchedFirst = pairs.size() % 2 == 1;
                Speed before = watchedFirst ? null : unwatched(run);
                Watched watched = watched(run, page.address(), endpoints);
                Speed unwatched = watchedFirst ? unwatched(run) : before;
                pairs.add(new Pair(unwatched, watched.speed(), watched.seen()));
                progress.accept(pairs.get(pairs.size() - 1));
            }
        }
        return pairs;
    }

    private record Watched(Speed speed, Watcher.Looks seen) {}

    private Watched watched(EndlessRun run, URI page, List<URI> endpoints) throws IOException {
        try (Watcher watcher = Watcher.start(page, endpoints)) {
            follow(run, UNTIL_THE_PAGE_IS_UP_TO_DATE);
            Watcher.Looks from = watcher.seen();
            Speed speed = speed(run);
            return new Watched(speed, watcher.seen().since(from));
        }
    }

    private Speed unwatched(EndlessRun run) {
        follow(run, UNTIL_THE_PAGE_IS_QUIET);
        return speed(run);
    }

    private Speed speed(EndlessRun run) {
        long tokens = run.tokens();
        long watching = watchingNanos();
        long from = System.nanoTime();
        follow(run, plan.stretch());
        long nanos = System.nanoTime() - from;
        return new Speed(
                (run.tokens() - tokens) / (nanos / 1e9),
                (double) (watchingNanos() - watching)
                        / nanos
                        / Runtime.getRuntime().availableProcessors());
    }

    /** Processor time so far of the threads that only watching the run needs. */
    private static long watchingNanos() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null
                        && WATCHING.stream()
                                .anyMatch(prefix -> thread.getThreadName().startsWith(prefix)))
                .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }

    private static void follow(EndlessRun run, Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < until) {
            run.follow();
        }
    }

    /**
     * Shares over all pairs.
     *
     * @param standardError of the mean
     */
    public record Statistics(double median, double mean, double standardError) {

        /** @param shares two at least */
        public static Statistics of(double... shares) {
            DescriptiveStatistics statistics = new DescriptiveStatistics(shares);
            return new Statistics(
                    statistics.getPercentile(50),
                    statistics.getMean(),
                    statistics.getStandardDeviation() / Math.sqrt(shares.length));
        }
    }
}
