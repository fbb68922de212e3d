package io.tramontane.pipeline.training;

import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The trainer's figures as Flink metrics: a gauge for each of {@link StepMetrics} with the value of the newest step,
 * and the time of the last thousand steps as a histogram.
 *
 * <p>Gauges are read by other threads; they see the newest step's figures as one immutable map.
 */
final class TrainerMetrics {

    private static final int WINDOW = 1_000;

    private final Histogram stepMilliseconds;
    private volatile Map<String, Double> newest = Map.of();
    private volatile long step;

    TrainerMetrics(MetricGroup metrics, Learner learner, IntSupplier waiting) {
        for (String name : StepMetrics.NAMES) {
            metrics.gauge(name, () -> newest.getOrDefault(name, 0.0));
        }
        step = learner.steps();
        metrics.gauge("step", () -> step);
        metrics.gauge("waitingMicroBatches", waiting::getAsInt);
        metrics.gauge("nativeArrays", learner::liveArrays);
        stepMilliseconds = metrics.histogram("stepMilliseconds", new DescriptiveStatisticsHistogram(WINDOW));
    }

    void update(TrainedStep trained) {
        newest = Map.copyOf(trained.metrics());
        step = trained.step();
        stepMilliseconds.update(Math.round(trained.metrics().get(StepMetrics.STEP_SECONDS) * 1_000));
    }
}
