package io.tramontane.jobs.evaluation;

/**
 * A share of problems or completions and its confidence interval.
 *
 * @param value between 0 and 1
 * @param low lower end of the interval
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {

    /** The mean of values between 0 and 1, one a problem; problems are the independent units. */
    static Estimate ofProblems(double[] values, double confidence) {
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        ConfidenceInterval interval = ConfidenceInterval.wilson(values, confidence);
        return new Estimate(mean, interval.low(), interval.high());
    }
}
