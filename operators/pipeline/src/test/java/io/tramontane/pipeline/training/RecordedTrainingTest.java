package io.tramontane.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.advantage.GroupAdvantage;
import io.tramontane.pipeline.advantage.KeepGroup;
import io.tramontane.pipeline.batching.BatchAssembler;
import io.tramontane.pipeline.batching.BatchState;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordedTrainingTest {

    private static final LossSettings LOSS = TestBatches.settings(10).loss();

    /** Small micro-batches, so that their order matters, and a batch size that is not the recorded one. */
    private static final BatchingSettings BATCHING = new BatchingSettings(1_000, 8, AdvantageNormalisation.MINIBATCH);

    private final RecordedTraining training = new RecordedTraining(
            FakeLearner.create(Optional.empty()),
            LOSS,
            BATCHING,
            new GroupAdvantage(AdvantageSettings.of(KeepGroup.REWARD_DIFFERS)));

    @Test
    void trainsOnTheRecordedBatchesAsTheJobDid() {
        List<List<Group>> batches =
                List.of(List.of(group("a", 1, 0), group("b", 0.3, 0)), List.of(group("c", 0.2, 0.9), group("d", 0, 1)));

        try (training) {
            for (List<Group> batch : batches) {
                assertThat(training.train(batch)).isPresent();
            }
            assertThat(training.state().weights().values()).isEqualTo(trainedByTheJob(batches));
        }
    }

    @Test
    void leavesOutGroupsThatTeachNothing() {
        try (training) {
            TrainedStep step =
                    training.train(List.of(group("a", 1, 0), group("b", 1, 1))).orElseThrow();

            assertThat(step.step()).isEqualTo(1);
            assertThat(step.batch().groupIds()).containsExactly("run/0/a");
            assertThat(step.metrics()).containsEntry(StepFigure.ZERO_VARIANCE_SHARE.key(), 0.5);
        }
    }

    @Test
    void aBatchThatTeachesNothingIsNoStep() {
        try (training) {
            assertThat(training.train(List.of(group("a", 1, 1)))).isEmpty();
            assertThat(training.train(List.of(group("b", 1, 0))).orElseThrow().step())
                    .isEqualTo(1);
        }
    }

    private static float[] trainedByTheJob(List<List<Group>> batches) {
        try (Learner learner = FakeLearner.create(Optional.empty())) {
            StepRunner runner = new StepRunner(learner, LOSS);
            BatchAssembler assembler = new BatchAssembler(
                    new BatchingSettings(4, BATCHING.microBatchTokens(), BATCHING.normalisation()),
                    new StalenessSettings(4),
                    BatchState.empty(1));
            for (List<Group> batch : batches) {
                for (Group group : batch) {
                    for (MicroBatch microBatch : assembler.add(group)) {
                        runner.accept(microBatch);
                    }
                }
            }
            return learner.state().weights().values();
        }
    }

    /** A group with these rewards, its advantages and fate as recorded. */
    private static Group group(String problem, double... rewards) {
        var completions = IntStream.range(0, rewards.length)
                .mapToObj(sample -> TestCompletion.of(problem, sample)
                        .groupSize(rewards.length)
                        .reward(rewards[sample])
                        .scored())
                .toList();
        return new GroupAdvantage(AdvantageSettings.of(KeepGroup.REWARD_DIFFERS))
                .apply(Group.newBuilder()
                        .setGroupId("run/0/" + problem)
                        .setRunId(TestCompletion.RUN)
                        .setProblemId(problem)
                        .setLanguage("en")
                        .setGroupSize(rewards.length)
                        .setCompletions(completions)
                        .setRewardMean(0.0)
                        .setRewardStd(0.0)
                        .setFate(GroupFate.TRAINABLE)
                        .build());
    }
}
