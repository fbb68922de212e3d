package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.testkit.AdvantageProperty;
import io.tramontane.policy.objective.testkit.AdvantageTestKit;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightedAdvantageTest {

    private final AdvantageEstimator weighted = new WeightedAdvantage().create(new WeightedAdvantage.Settings(0.1));

    @Test
    void keepsWhatAdvantagesPromise() {
        AdvantageTestKit.check(weighted, Set.of(AdvantageProperty.SHIFT_INVARIANT, AdvantageProperty.SCALES));
    }

    @Test
    void aRightAnswerCountsATenthOfAWrongOne() {
        assertArrayEquals(new double[] {0.05, -0.5}, weighted.of(new double[] {1, 0}).orElseThrow(), 1e-12);
    }
}
