package io.tramontane.jobs.evaluation;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Interval of a share.
 *
 * @param low between 0 and the share
 * @param high between the share and 1
 */
record ConfidenceInterval(double low, double high) {

    /**
     * Wilson's score interval (Wilson 1927) for a share measured on several completions of each problem. Completions of
     * one problem are not independent, so the interval is that of the effective number of independent completions: p(1
     * − p) over the variance of the mean of the problems' shares. With one completion a problem this is the plain
     * interval.
     *
     * @param shares share of each problem, all of equally many completions
     * @param confidence e.g. 0.95
     */
    static ConfidenceInterval wilson(double[] shares, double confidence) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        double mean = sum / shares.length;
        double squares = 0;
        for (double share : shares) {
            squares += (share - mean) * (share - mean);
        }
        double varianceOfMean = squares / shares.length / shares.length;
        double n = varianceOfMean > 0 ? mean * (1 - mean) / varianceOfMean : shares.length;
        double z = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
        double centre = (mean + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(mean * (1 - mean) / n + z * z / (4 * n * n));
        // Rounding must not push the interval off the share itself, which it touches at 0 and at 1.
        return new ConfidenceInterval(
                Math.min(mean, Math.max(0, centre - half)), Math.max(mean, Math.min(1, centre + half)));
    }
}
