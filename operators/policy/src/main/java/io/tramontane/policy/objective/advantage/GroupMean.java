package io.tramontane.policy.objective.advantage;

/** The mean reward of a group. */
public final class GroupMean {

    private GroupMean() {}

    /** Summed in order; of equal rewards exactly that reward, from which a computed mean may differ by rounding. */
    public static double of(double[] rewards) {
        double sum = 0;
        boolean differ = false;
        for (double reward : rewards) {
            sum += reward;
            differ |= reward != rewards[0];
        }
        return differ ? sum / rewards.length : rewards[0];
    }
}
