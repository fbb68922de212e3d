package io.tramontane.pipeline.scoring;

import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the verifiers of a subtask do, for Flink's UI and reporters: by verifier the rate, the latency (microseconds,
 * with percentiles over the newest 1,000) and a count of each verdict; by pool the tasks that wait and the threads that
 * hang. Thread-safe.
 */
final class VerifierMetrics implements GradingListener {

    private static final int WINDOW = 1_000;

    private final MetricGroup metrics;
    private final Map<String, OfVerifier> byVerifier = new ConcurrentHashMap<>();

    VerifierMetrics(MetricGroup metrics, VerifierPools pools) {
        this.metrics = metrics;
        pools.byName().forEach((name, pool) -> {
            MetricGroup group = metrics.addGroup("pool", name);
            group.gauge("waiting", pool::waiting);
            group.gauge("overdueThreads", pool::overdue);
        });
    }

    @Override
    public void graded(String verifier, RewardComponent component) {
        byVerifier
                .computeIfAbsent(verifier, name -> new OfVerifier(metrics.addGroup("verifier", name)))
                .add(component);
    }

    /** Completions graded so far with this verdict. */
    long count(String verifier, Verdict verdict) {
        OfVerifier known = byVerifier.get(verifier);
        return known == null ? 0 : known.verdicts.get(verdict).getCount();
    }

    private static final class OfVerifier {
        private final Counter graded = new ThreadSafeSimpleCounter();
        private final Histogram latencyMicros;
        private final Map<Verdict, Counter> verdicts = new EnumMap<>(Verdict.class);

        private OfVerifier(MetricGroup group) {
            group.meter("gradedPerSecond", new MeterView(graded));
            latencyMicros = group.histogram("latencyMicros", new DescriptiveStatisticsHistogram(WINDOW));
            for (Verdict verdict : Verdict.values()) {
                verdicts.put(
                        verdict,
                        group.addGroup("verdict", verdict.name()).counter("count", new ThreadSafeSimpleCounter()));
            }
        }

        private void add(RewardComponent component) {
            graded.inc();
            latencyMicros.update(component.getMicros());
            verdicts.get(component.getVerdict()).inc();
        }
    }
}
