package io.tramontane.pipeline.training;

import io.tramontane.pipeline.figures.ComponentFigure;
import io.tramontane.pipeline.figures.LossFigure;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The trainer's figures as Flink metrics: a gauge for each of {@link StepFigure#gauges()} with the value of the newest
 * step, the time of the last thousand steps as a histogram, and for how long there was no step and no checkpoint.
 *
 * <p>Written by the task's thread. Gauges are read by other threads; they see the newest step's figures as one
 * immutable map.
 */
final class TrainerMetrics {

    private static final int WINDOW = 1_000;

    private final OperatorMetrics metrics;
    private final ProcessingTimeService time;
    private final Histogram stepMilliseconds;
    private final Counter trainedTokens = new SimpleCounter();
    private final Set<String> components = new HashSet<>();
    private final Set<String> lossFigures = new HashSet<>();
    private volatile Map<String, Double> newest = Map.of();
    private volatile long step;
    private volatile long steppedAt;
    private volatile long checkpointedAt;

    /** @param waiting micro-batches that wait; asked for by any thread */
    TrainerMetrics(
            OperatorMetrics metrics,
            Learner learner,
            long incarnation,
            IntSupplier waiting,
            ProcessingTimeService time) {
        this.metrics = metrics;
        this.time = time;
        step = learner.steps();
        steppedAt = time.getCurrentProcessingTime();
        checkpointedAt = steppedAt;
        StepFigure.gauges().forEach(figure -> metrics.gauge(figure, () -> newest.getOrDefault(figure.name(), 0.0)));
        metrics.gauge(PipelineCatalogue.STEP, () -> step);
        metrics.gauge(PipelineCatalogue.INCARNATION, () -> incarnation);
        metrics.gauge(PipelineCatalogue.STEP_AGE, () -> time.getCurrentProcessingTime() - steppedAt);
        metrics.gauge(PipelineCatalogue.CHECKPOINT_AGE, () -> time.getCurrentProcessingTime() - checkpointedAt);
        metrics.gauge(PipelineCatalogue.WAITING_MICRO_BATCHES, waiting::getAsInt);
        metrics.gauge(PipelineCatalogue.NATIVE_ARRAYS, learner::liveArrays);
        metrics.meter(PipelineCatalogue.TRAINED_TOKENS_RATE, trainedTokens);
        stepMilliseconds = metrics.histogram(PipelineCatalogue.STEP_TIME, new DescriptiveStatisticsHistogram(WINDOW));
    }

    void update(TrainedStep trained) {
        newest = Map.copyOf(trained.metrics());
        step = trained.step();
        steppedAt = time.getCurrentProcessingTime();
        trainedTokens.inc(trained.completionTokens());
        stepMilliseconds.update(Math.round(trained.metrics().get(StepFigure.STEP_SECONDS.key()) * 1_000));
        trained.batch().components().keySet().stream().filter(components::add).forEach(this::addComponent);
        trained.metrics().keySet().stream()
                .filter(LossFigure::isKey)
                .filter(lossFigures::add)
                .forEach(this::addLossFigure);
    }

    private void addLossFigure(String key) {
        metrics.gauge(LossFigure.metric(), () -> newest.getOrDefault(key, 0.0), LossFigure.nameOf(key));
    }

    private void addComponent(String component) {
        for (ComponentFigure figure : ComponentFigure.values()) {
            String key = figure.key(component);
            metrics.gauge(figure.metric(), () -> newest.getOrDefault(key, 0.0), component);
        }
    }

    void checkpointCompleted() {
        checkpointedAt = time.getCurrentProcessingTime();
    }
}
