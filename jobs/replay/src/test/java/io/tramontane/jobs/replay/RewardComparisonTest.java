package io.tramontane.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.replay.RewardComparison.FateChange;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewardComparisonTest {

    private final List<ChangedCompletion> changes = new ArrayList<>();
    private final RewardComparison comparison = new RewardComparison(changes::add);

    @Test
    void countsWhatALostComponentChanges() {
        comparison.addOriginal(group(
                "a",
                GroupFate.TRAINABLE,
                scored(0, 1.1, 0.05, right("correctness", 1), right("language", 0.1)),
                scored(1, 1.0, -0.05, right("correctness", 1), wrong("language"))));
        comparison.addReplayed(group(
                "a",
                GroupFate.ZERO_VARIANCE,
                scored(0, 1.0, 0, right("correctness", 1), right("language", 0)),
                scored(1, 1.0, 0, right("correctness", 1), wrong("language"))));

        assertThat(comparison.groups()).isEqualTo(1);
        assertThat(comparison.completions()).isEqualTo(2);
        assertThat(comparison.rewardMeanBefore()).isEqualTo(1.05);
        assertThat(comparison.rewardMeanAfter()).isEqualTo(1.0);
        assertThat(comparison.fateChanges())
                .containsOnlyKeys(new FateChange(GroupFate.TRAINABLE, GroupFate.ZERO_VARIANCE));
        assertThat(comparison.changedSigns()).isEqualTo(2);
        assertThat(comparison.components().get("language").valueBefore()).isEqualTo(0.1);
        assertThat(comparison.components().get("language").valueAfter()).isZero();
        assertThat(comparison.components().get("language").correctAfter()).isEqualTo(1);
        assertThat(changes).as("no verdict changed, only its weight").isEmpty();
    }

    @Test
    void listsCompletionsWithAnotherVerdict() {
        comparison.addOriginal(group(
                "a",
                GroupFate.TRAINABLE,
                scored(0, 0, -0.5, wrong("correctness")),
                scored(1, 1, 0.5, right("correctness", 1))));
        comparison.addReplayed(group(
                "a",
                GroupFate.TRAINABLE,
                scored(0, 1, 0.5, right("correctness", 1)),
                scored(1, 0, -0.5, wrong("correctness"))));

        assertThat(comparison.changedCompletions()).isEqualTo(2);
        assertThat(comparison.changedSigns()).isEqualTo(2);
        assertThat(comparison.fateChanges()).isEmpty();
        assertThat(comparison.components().get("correctness").changedVerdicts()).isEqualTo(2);
        assertThat(changes)
                .extracting(ChangedCompletion::changed)
                .containsExactly(List.of("correctness"), List.of("correctness"));
        assertThat(changes.get(0).rewardBefore()).isZero();
        assertThat(changes.get(0).after().getReward()).isEqualTo(1);
    }

    @Test
    void aComponentOnOneSideOnlyCountsAsAnotherVerdict() {
        comparison.addOriginal(group("a", GroupFate.TRAINABLE, scored(0, 0, 0, wrong("format"))));
        comparison.addReplayed(group("a", GroupFate.TRAINABLE, scored(0, 1, 0, right("correctness", 1))));

        assertThat(comparison.components().keySet()).containsExactly("format", "correctness");
        assertThat(changes.get(0).changed()).containsExactly("format", "correctness");
    }

    @Test
    void aGroupIsIdenticalBitForBitOrNot() {
        Group original = group(
                "a",
                GroupFate.TRAINABLE,
                scored(0, 0.1, -0.5, wrong("format")),
                scored(1, 1.1, 0.5, right("format", 1)));
        List<Group> others = List.of(
                group("a", GroupFate.ZERO_VARIANCE, original.getCompletions().toArray(ScoredCompletion[]::new)),
                group("a", GroupFate.TRAINABLE, original.getCompletions().get(0)),
                group(
                        "a",
                        GroupFate.TRAINABLE,
                        scored(0, 0.1 + 1e-17 + 0.3 - 0.3, -0.5, wrong("format")),
                        original.getCompletions().get(1)),
                group(
                        "a",
                        GroupFate.TRAINABLE,
                        scored(0, 0.1, -0.5, right("format", 0)),
                        original.getCompletions().get(1)));

        comparison.addOriginal(original);
        comparison.addReplayed(Group.newBuilder(original).build());
        assertThat(comparison.identicalGroups()).isEqualTo(1);
        for (Group other : others) {
            comparison.addOriginal(original);
            comparison.addReplayed(other);
        }
        assertThat(comparison.groups()).isEqualTo(5);
        assertThat(comparison.identicalGroups()).isEqualTo(1);
    }

    @Test
    void leavesOutGroupsTheRunHadNotFinished() {
        comparison.addReplayed(group("b", GroupFate.INCOMPLETE, scored(0, 1, 0, right("correctness", 1))));

        assertThat(comparison.unmatched()).isEqualTo(1);
        assertThat(comparison.completions()).isZero();
    }

    private static Group group(String id, GroupFate fate, ScoredCompletion... completions) {
        return Group.newBuilder()
                .setGroupId(id)
                .setRunId("run")
                .setProblemId("1")
                .setLanguage("en")
                .setGroupSize(completions.length)
                .setCompletions(List.of(completions))
                .setRewardMean(0.0)
                .setRewardStd(0.0)
                .setFate(fate)
                .build();
    }

    private static ScoredCompletion scored(int sample, double reward, double advantage, RewardComponent... components) {
        Completion completion = Completion.newBuilder()
                .setCompletionId("id/" + sample)
                .setGroupId("id")
                .setRunId("run")
                .setSampleIndex(sample)
                .setGroupSize(2)
                .setProblemId("1")
                .setProblem("1+1")
                .setReference("2")
                .setLanguage("en")
                .setText("2")
                .setPromptTokens(PackedNumbers.ints(new int[] {1}))
                .setCompletionTokens(PackedNumbers.ints(new int[] {2}))
                .setLogProbs(PackedNumbers.floats(new float[] {0}))
                .setSpans(List.of())
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId("g")
                .setStartedAt(0)
                .setFinishedAt(0)
                .build();
        return new ScoredCompletion(completion, reward, List.of(components), advantage);
    }

    private static RewardComponent right(String name, double value) {
        return new RewardComponent(name, value, Verdict.CORRECT, "right", 1L);
    }

    private static RewardComponent wrong(String name) {
        return new RewardComponent(name, 0.0, Verdict.WRONG, "wrong", 1L);
    }
}
