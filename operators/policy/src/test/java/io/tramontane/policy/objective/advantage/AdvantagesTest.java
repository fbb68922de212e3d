package io.tramontane.policy.objective.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import io.tramontane.policy.objective.testkit.AdvantageProperty;
import io.tramontane.policy.objective.testkit.AdvantageTestKit;
import io.tramontane.schemas.plugin.NoSettings;
import io.tramontane.schemas.plugin.Plugins;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every advantage estimator against its formula, and what it promises. */
class AdvantagesTest {

    private final AdvantageEstimator grpo = new GrpoAdvantage().create(new NoSettings());
    private final AdvantageEstimator rloo = new RlooAdvantage().create(new NoSettings());
    private final AdvantageEstimator maxRl = new MaxRlAdvantage().create(new NoSettings());

    @Test
    void allAreFoundByName() {
        assertThat(advantages().names()).contains("grpo", "rloo", "max_rl");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Plugins<AdvantagePlugin<?>> advantages() {
        return (Plugins) Plugins.onClassPath(AdvantagePlugin.class, "advantage");
    }

    @Test
    void eachKeepsWhatItPromises() {
        Set<AdvantageProperty> linear =
                Set.of(AdvantageProperty.SHIFT_INVARIANT, AdvantageProperty.SCALES, AdvantageProperty.ZERO_MEAN);
        AdvantageTestKit.check(grpo, linear);
        AdvantageTestKit.check(rloo, linear);
        AdvantageTestKit.check(maxRl, Set.of(AdvantageProperty.SCALE_INVARIANT, AdvantageProperty.ZERO_MEAN));
    }

    @Test
    void grpoSubtractsTheMeanOfAllToTheBit() {
        SplittableRandom random = new SplittableRandom(3);
        for (int group = 0; group < 100; group++) {
            double[] rewards = random.doubles(2 + random.nextInt(15), -0.1, 1.1).toArray();
            double sum = 0;
            for (double reward : rewards) {
                sum += reward;
            }
            double[] expected = new double[rewards.length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = rewards[i] - sum / rewards.length;
            }

            assertThat(grpo.of(rewards))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(expected));
        }
    }

    /** (0.1 + 0.1 + 0.1) / 3 is not 0.1 in floating point. */
    @Test
    void equalRewardsHaveNoAdvantageToTheBit() {
        double[] equal = {0.1, 0.1, 0.1};

        assertThat((0.1 + 0.1 + 0.1) / 3).isNotEqualTo(0.1);
        assertThat(grpo.of(equal)).contains(new double[3]);
        assertThat(rloo.of(equal)).contains(new double[3]);
        assertThat(maxRl.of(equal)).contains(new double[3]);
    }

    @Test
    void rlooSubtractsTheMeanOfTheOthers() {
        double[] rewards = {1, 0, 0.5, 0.1};

        double[] found = rloo.of(rewards).orElseThrow();

        for (int i = 0; i < rewards.length; i++) {
            double others = (Arrays.stream(rewards).sum() - rewards[i]) / 3;
            assertThat(found[i]).isCloseTo(rewards[i] - others, within(1e-12));
        }
    }

    @Test
    void aCompletionAloneHasNoOthersToCompareWith() {
        assertThat(rloo.of(new double[] {1})).isEmpty();
        assertThat(grpo.of(new double[] {1})).contains(new double[] {0});
    }

    @Test
    void maxRlWeighsAProblemTheMoreTheSeldomerItIsSolved() {
        assertThat(maxRl.of(new double[] {1, 0, 0, 0})).contains(new double[] {3, -1, -1, -1});
        assertThat(maxRl.of(new double[] {1, 1, 0, 0})).contains(new double[] {1, 1, -1, -1});
    }

    @Test
    void maxRlHasNoneWhereTheMeanIsNotPositive() {
        assertThat(maxRl.of(new double[] {0, 0})).isEmpty();
        assertThat(maxRl.of(new double[] {-0.1, 0})).isEmpty();
        assertThat(maxRl.of(new double[] {0.1, -0.1})).isEmpty();
        assertThat(maxRl.of(new double[] {1, -1, Double.MIN_VALUE})).isEmpty();
    }
}
