package io.tramontane.pipeline.batching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RewardValuesTest {

    private static final Offset<Double> EXACT = Assertions.within(1e-12);

    private final RewardValues values = new RewardValues(null);

    /** Rewards first, first + 1, …; the first completion was asked about its format, which is worth 0.5. */
    private static Group group(GroupFate fate, int first, int completions) {
        List<ScoredCompletion> scored = new ArrayList<>();
        for (int sample = 0; sample < completions; sample++) {
            List<RewardComponent> components =
                    sample == 0 ? List.of(new RewardComponent("format", 0.5, Verdict.CORRECT, "", 1L)) : List.of();
            scored.add(new ScoredCompletion(
                    TestCompletion.of("p", sample).completion(), (double) first + sample, components, 0.0));
        }
        return Group.newBuilder()
                .setGroupId("g")
                .setRunId(TestCompletion.RUN)
                .setProblemId("p")
                .setLanguage("en")
                .setGroupSize(completions)
                .setCompletions(scored)
                .setRewardMean(0.0)
                .setRewardStd(0.0)
                .setFate(fate)
                .build();
    }

    @Test
    void tellsMeanAndQuantilesOfCompleteGroups() {
        values.add(group(GroupFate.TRAINABLE, 0, 100));
        values.add(group(GroupFate.ZERO_VARIANCE, 100, 101));
        values.add(group(GroupFate.STALE, 1_000, 5));
        values.add(group(GroupFate.INCOMPLETE, 1_000, 5));

        Map<String, RewardSpread> spreads = values.spreads();

        assertThat(spreads).containsOnlyKeys("", "format");
        assertThat(spreads.get("").mean()).isEqualTo(100, EXACT);
        assertThat(spreads.get("").p10()).isEqualTo(20, EXACT);
        assertThat(spreads.get("").p90()).isEqualTo(180, EXACT);
        assertThat(spreads.get("format")).isEqualTo(new RewardSpread(0.5, 0.5, 0.5));
    }

    @Test
    void aQuantileLiesBetweenTwoRanksInProportion() {
        values.add(group(GroupFate.TRAINABLE, 0, 4));

        assertThat(values.spreads().get("").p10()).isEqualTo(0.3, EXACT);
        assertThat(values.spreads().get("").p90()).isEqualTo(2.7, EXACT);
    }

    @Test
    void goesOnFromWhatItHad() {
        values.add(group(GroupFate.TRAINABLE, 0, 3));
        RewardValues restored = new RewardValues(values.toMap());
        values.add(group(GroupFate.TRAINABLE, 3, 3));
        restored.add(group(GroupFate.TRAINABLE, 3, 3));

        assertThat(restored.spreads()).isEqualTo(values.spreads());
        restored.clear();
        assertThat(restored.spreads()).isEmpty();
    }
}
