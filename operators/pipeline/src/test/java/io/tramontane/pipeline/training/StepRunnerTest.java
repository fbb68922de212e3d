package io.tramontane.pipeline.training;

import static io.tramontane.pipeline.training.TestBatches.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

        assertThat(metrics.keySet()).containsAll(StepMetrics.NAMES).hasSize(StepMetrics.NAMES.size() + 3);
        assertThat(metrics)
                .containsEntry(StepMetrics.REWARD_MEAN, 0.5)
                .containsEntry(StepMetrics.REWARD_P10, 0.0)
                .containsEntry(StepMetrics.REWARD_P90, 1.0)
                .containsEntry("component.format.mean", 0.05)
                .containsEntry("component.format.p90", 0.1)
                .containsEntry(StepMetrics.ACCURACY, 0.25)
                .containsEntry(StepMetrics.LANGUAGE_CONSISTENCY, 0.75)
                .containsEntry(StepMetrics.LENGTH_MEAN, 10.0)
                .containsEntry(StepMetrics.TRUNCATED_SHARE, 0.125)
                .containsEntry(StepMetrics.ZERO_VARIANCE_SHARE, 0.25)
                .containsEntry(StepMetrics.STALE_GROUPS, 2.0)
                .containsEntry(StepMetrics.INCOMPLETE_GROUPS, 3.0)
                .containsEntry(StepMetrics.LAG_MEAN, 0.5)
                .containsEntry(StepMetrics.LAG_MAXIMUM, 2.0)
                .containsEntry(StepMetrics.RATIO_MEAN, 1.5)
                .containsEntry(StepMetrics.RATIO_MAXIMUM, 2.0)
                .containsEntry(StepMetrics.CLIP_FRACTION, 0.5)
                .containsEntry(StepMetrics.LEARNING_RATE, 0.01)
                .containsEntry(StepMetrics.TRAINED_TOKENS, 6.0);
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
