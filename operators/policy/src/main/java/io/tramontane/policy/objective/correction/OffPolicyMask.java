package io.tramontane.policy.objective.correction;

import io.tramontane.policy.objective.LossInput;
import java.util.Arrays;

/**
 * The off-policy sequence mask (DeepSeek-V3.2, eq. 9): a sequence with Â &lt; 0 and mean_t(log μ − log π_θ) &gt; δ does
 * not count. The policy no longer makes such mistakes, and learns little but harm from being pushed further away. All
 * tokens of a sequence have one advantage: that of the first is taken.
 *
 * @param threshold δ, nats a token
 */
record OffPolicyMask(double threshold) implements Correction {

    @Override
    public void multiply(LossInput input, double[] weights) {
        int end;
        for (int start = 0; start < weights.length; start = end) {
            end = input.sequenceEnd(start);
            if (input.advantages()[start] < 0 && -Correction.meanLogRatio(input, start, end) > threshold) {
                Arrays.fill(weights, start, end, 0);
            }
        }
    }
}
