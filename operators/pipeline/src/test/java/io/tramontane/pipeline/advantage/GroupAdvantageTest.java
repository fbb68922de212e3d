package io.tramontane.pipeline.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupAdvantageTest {

    static Group group(GroupFate fate, double... rewards) {
        List<ScoredCompletion> completions = IntStream.range(0, rewards.length)
                .mapToObj(sample -> TestCompletion.of("a", sample)
                        .groupSize(rewards.length)
                        .reward(rewards[sample])
                        .scored())
                .toList();
        return Group.newBuilder()
                .setGroupId("run/0/a")
                .setRunId(TestCompletion.RUN)
                .setProblemId("a")
                .setLanguage("en")
                .setGroupSize(rewards.length)
                .setCompletions(completions)
                .setRewardMean(0.0)
                .setRewardStd(0.0)
                .setFate(fate)
                .build();
    }

    private static Group apply(KeepGroup keep, double... rewards) {
        return new GroupAdvantage(AdvantageSettings.of(keep)).apply(group(GroupFate.TRAINABLE, rewards));
    }

    @Test
    void subtractsTheMeanAndDoesNotDivide() {
        Group group = apply(KeepGroup.REWARD_DIFFERS, 1.0, 0.0, 0.0, 0.2);

        assertThat(group.getRewardMean()).isCloseTo(0.3, within(1e-12));
        assertThat(group.getCompletions())
                .extracting(ScoredCompletion::getAdvantage)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(0.7, -0.3, -0.3, -0.1);
        // Population: sqrt((0.49 + 0.09 + 0.09 + 0.01) / 4)
        assertThat(group.getRewardStd()).isCloseTo(Math.sqrt(0.17), within(1e-12));
        assertThat(group.getFate()).isEqualTo(GroupFate.TRAINABLE);
    }

    @Test
    void equalRewardsTeachNothingAndHaveNoRoundingLeft() {
        // The sum of ten times 0.1 is not 1.0, so a plain mean would leave advantages of 1e-17.
        Group group = apply(KeepGroup.REWARD_DIFFERS, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);

        assertThat(group.getFate()).isEqualTo(GroupFate.ZERO_VARIANCE);
        assertThat(group.getRewardStd()).isZero();
        assertThat(group.getCompletions())
                .extracting(ScoredCompletion::getAdvantage)
                .containsOnly(0.0);
    }

    @Test
    void allCorrectGroupsThatDifferOtherwiseAreASwitch() {
        assertThat(apply(KeepGroup.REWARD_DIFFERS, 1.1, 1.0).getFate()).isEqualTo(GroupFate.TRAINABLE);
        assertThat(apply(KeepGroup.CORRECTNESS_DIFFERS, 1.1, 1.0).getFate()).isEqualTo(GroupFate.ZERO_VARIANCE);
        assertThat(apply(KeepGroup.CORRECTNESS_DIFFERS, 1.1, 0.0).getFate()).isEqualTo(GroupFate.TRAINABLE);
    }

    @Test
    void leavesUnfinishedGroupsAsTheyAre() {
        Group stale = group(GroupFate.STALE, 1.0, 0.0);

        assertThat(new GroupAdvantage(AdvantageSettings.of(KeepGroup.REWARD_DIFFERS)).apply(stale))
                .isSameAs(stale);
    }

    @Test
    void doesNotChangeItsArgument() {
        Group before = group(GroupFate.TRAINABLE, 1.0, 0.0);
        new GroupAdvantage(AdvantageSettings.of(KeepGroup.REWARD_DIFFERS)).apply(before);

        assertThat(before).isEqualTo(group(GroupFate.TRAINABLE, 1.0, 0.0));
    }
}
