package io.tramontane.pipeline.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.advantage.GroupAdvantage;
import io.tramontane.pipeline.advantage.KeepGroup;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.ProgressFigure;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StageEnd;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.WeightSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchAssemblerTest {

    /** A group of two, the first completion with the given reward and the second without. */
    static Group pair(String problem, double reward) {
        return group(
                problem,
                TestCompletion.of(problem, 0).groupSize(2).reward(reward),
                TestCompletion.of(problem, 1).groupSize(2));
    }

    static Group group(String problem, TestCompletion... completions) {
        var scored = Stream.of(completions).map(TestCompletion::scored).toList();
        return new GroupAdvantage(AdvantageSettings.of(KeepGroup.REWARD_DIFFERS))
                .apply(Group.newBuilder()
                        .setGroupId("run/0/" + problem)
                        .setRunId(TestCompletion.RUN)
                        .setProblemId(problem)
                        .setLanguage("en")
                        .setGroupSize(completions.length)
                        .setCompletions(scored)
                        .setRewardMean(0.0)
                        .setRewardStd(0.0)
                        .setFate(GroupFate.TRAINABLE)
                        .build());
    }

    static BatchAssembler assembler(int completions, int microBatchTokens, AdvantageNormalisation normalisation) {
        return new BatchAssembler(
                new BatchingSettings(completions, microBatchTokens, normalisation),
                new StalenessSettings(4),
                BatchState.empty(1));
    }

    private static List<Double> advantages(List<MicroBatch> microBatches) {
        return microBatches.stream()
                .flatMap(part -> part.sequences().stream())
                .map(BatchSequence::advantage)
                .toList();
    }

    @Test
    void completesABatchAtItsNumberOfCompletions() {
        BatchAssembler assembler = assembler(4, 1_000, AdvantageNormalisation.NONE);
        assertThat(assembler.add(pair("a", 1))).isEmpty();
        List<MicroBatch> microBatches = assembler.add(pair("b", 1));

        assertThat(microBatches).singleElement().satisfies(part -> {
            assertThat(part.batch()).isEqualTo(1);
            assertThat(part.index()).isZero();
            assertThat(part.count()).isEqualTo(1);
            assertThat(part.batchSequences()).isEqualTo(4);
            assertThat(part.batchTokens()).isEqualTo(12);
            assertThat(part.last()).isTrue();
            assertThat(part.summary().groupIds()).containsExactly("run/0/a", "run/0/b");
            assertThat(part.summary().groupSizes()).containsExactly(2, 2);
        });
        assembler.add(pair("c", 1));
        assertThat(assembler.add(pair("d", 1)).get(0).batch()).isEqualTo(2);
    }

    @Test
    void aBatchIsAsLargeAsTheStageOfTheGroupThatOpensItSays() {
        Curriculum curriculum = Curriculum.of(List.of(
                new Stage(8, 8, 4, 4, 8, 0, 1, new StageEnd(1, ProgressFigure.NONE, 0, 1)),
                new Stage(8, 8, 4, 2, 8, 0, 1, StageEnd.NEVER)));
        var assembler = new BatchAssembler(
                new BatchingSettings(100, 1_000, AdvantageNormalisation.NONE),
                new StalenessSettings(4),
                curriculum,
                BatchState.empty(1));

        assertThat(assembler.add(staged("a", 1))).isEmpty();
        assertThat(summary(assembler.add(staged("b", 2))).stage()).isEqualTo(1);
        assertThat(summary(assembler.add(staged("c", 2))).stage()).isEqualTo(2);
        assertThat(summary(assembler.add(staged("late", 1))))
                .as("there is no way back")
                .satisfies(late -> assertThat(late.stage()).isEqualTo(2))
                .satisfies(late -> assertThat(late.groupIds()).containsExactly("run/0/late"));
        assertThat(summary(assembler.add(staged("removed", 7))).stage())
                .as("of a stage that the settings had once")
                .isEqualTo(2);
    }

    private static BatchSummary summary(List<MicroBatch> microBatches) {
        return microBatches.get(microBatches.size() - 1).summary();
    }

    private static Group staged(String problem, int stage) {
        return group(
                problem,
                TestCompletion.of(problem, 0).groupSize(2).stage(stage).reward(1),
                TestCompletion.of(problem, 1).groupSize(2).stage(stage));
    }

    @Test
    void keepsGroupsWhole() {
        BatchAssembler assembler = assembler(3, 1_000, AdvantageNormalisation.NONE);
        assembler.add(pair("a", 1));

        assertThat(assembler.add(pair("b", 1)).get(0).batchSequences()).isEqualTo(4);
        assertThat(assembler.state().groups()).isEmpty();
    }

    @Test
    void normalisesOverTheSequencesOfTheMinibatch() {
        // Advantages 0.5, -0.5, 1, -1: mean 0, population standard deviation sqrt(2.5 / 4).
        BatchAssembler assembler = assembler(4, 1_000, AdvantageNormalisation.MINIBATCH);
        assembler.add(pair("a", 1));
        List<MicroBatch> microBatches = assembler.add(pair("b", 2));

        double std = Math.sqrt(0.625);
        BatchSummary summary = microBatches.get(0).summary();
        assertThat(summary.advantageMean()).isCloseTo(0, within(1e-12));
        assertThat(summary.advantageStd()).isCloseTo(std, within(1e-12));
        assertThat(advantages(microBatches))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b))
                .containsExactly(0.5 / std, -0.5 / std, 1 / std, -1 / std);
    }

    @Test
    void normalisesOverTheGroupOrNotAtAll() {
        BatchAssembler byGroup = assembler(4, 1_000, AdvantageNormalisation.GROUP);
        byGroup.add(pair("a", 1));
        assertThat(advantages(byGroup.add(pair("b", 2))))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b))
                .containsExactly(1.0, -1.0, 1.0, -1.0);

        BatchAssembler raw = assembler(4, 1_000, AdvantageNormalisation.NONE);
        raw.add(pair("a", 1));
        assertThat(advantages(raw.add(pair("b", 2)))).containsExactly(0.5, -0.5, 1.0, -1.0);
    }

    @Test
    void cutsMicroBatchesByTokensWithTheSummaryOnTheLast() {
        BatchAssembler assembler = assembler(4, 20, AdvantageNormalisation.NONE);
        assembler.add(group(
                "a",
                TestCompletion.of("a", 0).groupSize(2).tokens(8).reward(1),
                TestCompletion.of("a", 1).groupSize(2).tokens(30)));
        List<MicroBatch> microBatches = assembler.add(group(
                "b",
                TestCompletion.of("b", 0).groupSize(2).tokens(6).reward(1),
                TestCompletion.of("b", 1).groupSize(2).tokens(1)));

        // Two prompt tokens each: 32 travels alone, 10 and 8 make 2 x 10, then 3.
        assertThat(microBatches)
                .extracting(part ->
                        part.sequences().stream().map(BatchSequence::length).toList())
                .containsExactly(List.of(32), List.of(10, 8), List.of(3));
        assertThat(microBatches).extracting(MicroBatch::index).containsExactly(0, 1, 2);
        assertThat(microBatches).allSatisfy(part -> {
            assertThat(part.count()).isEqualTo(3);
            assertThat(part.batchTokens()).isEqualTo(45);
        });
        assertThat(microBatches).extracting(part -> part.summary() != null).containsExactly(false, false, true);
    }

    @Test
    void checksStalenessAtTheVersionOfTheBatch() {
        var assembler = new BatchAssembler(
                new BatchingSettings(4, 1_000, AdvantageNormalisation.NONE),
                new StalenessSettings(4),
                BatchState.empty(10));

        assertThat(assembler.isStale(versioned(5))).isFalse();
        assertThat(assembler.isStale(versioned(4))).isTrue();
    }

    private static Group versioned(long version) {
        return group(
                "a",
                TestCompletion.of("a", 0).groupSize(2).version(9).reward(1),
                TestCompletion.of("a", 1).groupSize(2).version(version));
    }

    @Test
    void sumsUpTheLagOfTrainedTokens() {
        var assembler = new BatchAssembler(
                new BatchingSettings(2, 1_000, AdvantageNormalisation.NONE),
                new StalenessSettings(4),
                BatchState.empty(10));
        List<MicroBatch> microBatches = assembler.add(group(
                "a",
                TestCompletion.of("a", 0)
                        .groupSize(2)
                        .reward(1)
                        .spans(new WeightSpan(1L, 6L, 0, 1), new WeightSpan(1L, 8L, 1, 3)),
                TestCompletion.of("a", 1).groupSize(2).version(12)));

        // Trained at version 9: one token lags 3, two lag 1, and weights ahead of the trainer do not lag.
        TokenLag lag = microBatches.get(0).summary().lag();
        assertThat(lag).isEqualTo(new TokenLag(6, 5, 3));
        assertThat(lag.mean()).isCloseTo(5.0 / 6, within(1e-12));
    }

    @Test
    void countsAllGroupsSinceTheBatchBefore() {
        BatchAssembler assembler = assembler(2, 1_000, AdvantageNormalisation.NONE);
        Group zeroVariance = group(
                "z",
                TestCompletion.of("z", 0).groupSize(2).reward(1),
                TestCompletion.of("z", 1).groupSize(2).reward(1).tokens(5).truncated());
        Group incomplete = Group.newBuilder()
                .setGroupId("run/0/i")
                .setRunId(TestCompletion.RUN)
                .setProblemId("i")
                .setLanguage("en")
                .setGroupSize(2)
                .setCompletions(List.of())
                .setRewardMean(0.0)
                .setRewardStd(0.0)
                .setFate(GroupFate.INCOMPLETE)
                .build();
        assembler.count(zeroVariance);
        assembler.count(incomplete);
        assembler.countStale();

        GroupStatistics counted = assembler.add(pair("a", 1)).get(0).summary().statistics();
        assertThat(counted).isEqualTo(new GroupStatistics(2, 1, 1, 1, 4, 3.0, 3, 0, 1, 14));
        assertThat(assembler.add(pair("b", 1)).get(0).summary().statistics().groups())
                .isEqualTo(1);
    }

    @Test
    void goesOnFromItsState() {
        BatchAssembler original = assembler(4, 10, AdvantageNormalisation.MINIBATCH);
        original.add(pair("a", 1));
        original.add(pair("b", 2));
        original.add(pair("c", 3));
        var restored = new BatchAssembler(
                new BatchingSettings(4, 10, AdvantageNormalisation.MINIBATCH),
                new StalenessSettings(4),
                original.state());

        List<MicroBatch> expected = new ArrayList<>(original.add(pair("d", 4)));
        assertThat(restored.add(pair("d", 4)))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(expected);
    }

    @Test
    void takesTrainableGroupsOnly() {
        BatchAssembler assembler = assembler(4, 10, AdvantageNormalisation.NONE);
        assertThatThrownBy(() -> assembler.add(pair("a", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ZERO_VARIANCE");
    }
}
