package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.testkit.LossTestKit;
import org.junit.jupiter.api.Test;

class SapoLossTest {

    private final SapoLoss sapo = new SapoLoss();

    /** What every loss promises; the derivative is compared with differences of the value. */
    @Test
    void keepsWhatLossesPromise() {
        LossTestKit.check(sapo.create(sapo.defaults()));
        LossTestKit.check(sapo.create(new SapoLoss.Settings(0.1, 10)));
    }

    /** Two tokens of one sequence, weighing ½ each: the first on-policy, the second thrice as probable as when sampled. */
    @Test
    void theGateOfATokenFadesAwayFromTheBehaviourPolicy() {
        LossInput input = new LossInput(
                new float[] {-1, 0},
                new float[] {-1, (float) -Math.log(3)},
                new float[0],
                new double[] {2, 2},
                new double[] {0.5, 0.5},
                new int[] {0, 0});

        LossResult result = sapo.create(new SapoLoss.Settings(1, 1)).of(input);

        double p = 1 / (1 + Math.exp(-2));
        assertEquals(-(0.5 + p) * 4, result.value(), 1e-6);
        assertEquals(-1, result.derivative()[0], 1e-6);
        assertEquals(-4 * p * (1 - p) * 3, result.derivative()[1], 1e-6);
        assertEquals(1 + 4 * p * (1 - p), result.figures().get(SapoLoss.GATE), 1e-6);
    }
}
