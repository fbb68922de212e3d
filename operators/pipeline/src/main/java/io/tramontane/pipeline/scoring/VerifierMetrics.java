package io.tramontane.pipeline.scoring;

import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the verifiers of a subtask do, for Flink's UI and reporters: by verifier the rate, the latency (microseconds,
 * with percentiles over the newest 1,000) and a count of each verdict; by pool the tasks that wait and the threads that
 * hang. Thread-safe.
 */
final class VerifierMetrics implements GradingListener {

    private static final int WINDOW = 1_000;

    private final OperatorMetrics metrics;
    private final Map<String, OfVerifier> byVerifier = new ConcurrentHashMap<>();

    /** @param inGrading completions that are being graded; asked for by any thread */
    VerifierMetrics(OperatorMetrics metrics, VerifierPools pools, IntSupplier inGrading) {
        this.metrics = metrics;
        metrics.gauge(PipelineCatalogue.IN_GRADING, inGrading::getAsInt);
        pools.byName().forEach((name, pool) -> {
            metrics.gauge(PipelineCatalogue.POOL_WAITING, pool::waiting, name);
            metrics.gauge(PipelineCatalogue.POOL_OVERDUE, pool::overdue, name);
        });
    }

    @Override
    public void graded(String verifier, RewardComponent component) {
        byVerifier
                .computeIfAbsent(verifier, name -> new OfVerifier(metrics, name))
                .add(component);
    }

    private static final class OfVerifier {
        private final Counter graded = new ThreadSafeSimpleCounter();
        private final Histogram latencyMicros;
        private final Map<Verdict, Counter> verdicts = new EnumMap<>(Verdict.class);

        private OfVerifier(OperatorMetrics metrics, String name) {
            metrics.meter(PipelineCatalogue.GRADED, graded, name);
            latencyMicros = metrics.histogram(
                    PipelineCatalogue.VERIFIER_LATENCY, new DescriptiveStatisticsHistogram(WINDOW), name);
            for (Verdict verdict : Verdict.values()) {
                verdicts.put(
                        verdict,
                        metrics.counter(
                                PipelineCatalogue.VERDICTS, new ThreadSafeSimpleCounter(), name, verdict.name()));
            }
        }

        private void add(RewardComponent component) {
            graded.inc();
            latencyMicros.update(component.getMicros());
            verdicts.get(component.getVerdict()).inc();
        }
    }
}
