package io.tramontane.pipeline.training;

import static io.tramontane.pipeline.training.TestBatches.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.pipeline.metrics.MetricDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    private final StepRunner runner = new StepRunner(
            FakeLearner.create(Optional.empty()), TestBatches.settings(10).loss());

    @Test
    void makesAStepWithTheLastPartOfABatch() {
        assertThat(runner.accept(part(1, 0))).isEmpty();
        assertThat(runner.accept(part(1, 1))).isEmpty();
        TrainedStep trained = runner.accept(part(1, 2)).orElseThrow();

        assertThat(trained.step()).isEqualTo(1);
        assertThat(trained.loss()).isEqualTo(0.75);
        assertThat(trained.completionTokens()).isEqualTo(6);
        assertThat(trained.batch().groupIds()).containsExactly("run/0/a1", "run/0/b1");
        assertThat(runner.accept(part(2, 0))).isEmpty();
    }

    @Test
    void tellsTheFiguresOfAStep() {
        runner.accept(part(1, 0));
        runner.accept(part(1, 1));
        var metrics = runner.accept(part(1, 2)).orElseThrow().metrics();

        assertThat(metrics.keySet())
                .containsAll(
                        StepFigure.gauges().stream().map(MetricDefinition::name).toList())
                .hasSize(StepFigure.gauges().size() + 3 + 1);
        assertThat(metrics)
                .containsEntry(StepFigure.REWARD_MEAN.key(), 0.5)
                .containsEntry(StepFigure.REWARD_P10.key(), 0.0)
                .containsEntry(StepFigure.REWARD_P90.key(), 1.0)
                .containsEntry("component.format.mean", 0.05)
                .containsEntry("component.format.p90", 0.1)
                .containsEntry("loss.capped", 0.125)
                .containsEntry(StepFigure.ACCURACY.key(), 0.25)
                .containsEntry(StepFigure.LANGUAGE_CONSISTENCY.key(), 0.75)
                .containsEntry(StepFigure.LENGTH_MEAN.key(), 10.0)
                .containsEntry(StepFigure.TRUNCATED_SHARE.key(), 0.125)
                .containsEntry(StepFigure.ZERO_VARIANCE_SHARE.key(), 0.25)
                .containsEntry(StepFigure.STALE_GROUPS.key(), 2.0)
                .containsEntry(StepFigure.INCOMPLETE_GROUPS.key(), 3.0)
                .containsEntry(StepFigure.LAG_MEAN.key(), 0.5)
                .containsEntry(StepFigure.LAG_MAXIMUM.key(), 2.0)
                .containsEntry(StepFigure.RATIO_MEAN.key(), 1.5)
                .containsEntry(StepFigure.RATIO_MAXIMUM.key(), 2.0)
                .containsEntry(StepFigure.CLIP_FRACTION.key(), 0.5)
                .containsEntry(StepFigure.LEARNING_RATE.key(), 0.01)
                .containsEntry(StepFigure.TRAINED_TOKENS.key(), 6.0);
    }

    @Test
    void refusesGapsAndRepetitions() {
        assertThatThrownBy(() -> runner.accept(part(2, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 0 of batch 2 came where part 0 of batch 1 was due");
        runner.accept(part(1, 0));
        assertThatThrownBy(() -> runner.accept(part(1, 0))).hasMessageContaining("part 1 of batch 1 was due");
        assertThatThrownBy(() -> runner.accept(part(1, 2))).hasMessageContaining("part 1 of batch 1 was due");
    }
}
