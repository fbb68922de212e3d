package io.tramontane.policy.objective.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.policy.objective.AdvantageEstimator;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The kit passes a correct estimator and finds each kind of mistake. */
class AdvantageTestKitTest {

    private static final AdvantageEstimator LESS_THE_WORST = rewards -> {
        double worst = Arrays.stream(rewards).min().orElseThrow();
        return Optional.of(Arrays.stream(rewards).map(reward -> reward - worst).toArray());
    };

    @Test
    void aCorrectEstimatorPasses() {
        AdvantageTestKit.check(LESS_THE_WORST, Set.of(AdvantageProperty.SHIFT_INVARIANT, AdvantageProperty.SCALES));
        AdvantageTestKit.check(rewards -> Optional.empty(), Set.of(AdvantageProperty.values()));
    }

    @Test
    void aPromiseThatDoesNotHoldIsFound() {
        fails(LESS_THE_WORST, "do not sum to 0", AdvantageProperty.ZERO_MEAN);
        fails(LESS_THE_WORST, "SCALE_INVARIANT does not hold", AdvantageProperty.SCALE_INVARIANT);
        fails(
                rewards -> Optional.of(Arrays.stream(rewards)
                        .map(reward -> reward * (reward - rewards[0]))
                        .map(value -> 0 * value + spread(rewards) * rewards[0])
                        .toArray()),
                "another order does not hold");
    }

    @Test
    void anAdvantageOfEqualRewardsIsFound() {
        fails(rewards -> Optional.of(rewards.clone()), "they are equal, but the advantages are");
    }

    @Test
    void aWrongShapeOrANumberThatIsNotFiniteIsFound() {
        fails(rewards -> Optional.of(new double[rewards.length + 1]), "the advantages are");
        fails(
                rewards -> {
                    double[] advantages = new double[rewards.length];
                    advantages[0] = Double.NaN;
                    return Optional.of(advantages);
                },
                "the advantages are [NaN");
    }

    @Test
    void changedRewardsAreFound() {
        fails(
                rewards -> {
                    rewards[0] = 7;
                    return Optional.of(new double[rewards.length]);
                },
                "they were changed");
    }

    private static double spread(double[] rewards) {
        return Arrays.stream(rewards).max().orElseThrow()
                - Arrays.stream(rewards).min().orElseThrow();
    }

    private static void fails(AdvantageEstimator estimator, String message, AdvantageProperty... promised) {
        assertThatThrownBy(() -> AdvantageTestKit.check(estimator, Set.of(promised)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
