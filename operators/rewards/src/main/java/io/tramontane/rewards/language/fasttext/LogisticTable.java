package io.tramontane.rewards.language.fasttext;

/**
 * The logistic function as fastText computes it for independent labels: from a table of 512 steps over [-8, 8], 0 below
 * and 1 above. The steps are coarse (up to 0.008), so that the exact function would give other probabilities.
 */
final class LogisticTable {

    private static final int STEPS = 512;
    private static final double BOUND = 8;
    private static final double[] VALUES = values();

    private LogisticTable() {}

    private static double[] values() {
        double[] values = new double[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            double x = 2 * BOUND * step / STEPS - BOUND;
            values[step] = 1 / (1 + Math.exp(-x));
        }
        return values;
    }

    static double at(double x) {
        if (x < -BOUND) {
            return 0;
        }
        return x > BOUND ? 1 : VALUES[(int) ((x + BOUND) * STEPS / (2 * BOUND))];
    }
}
