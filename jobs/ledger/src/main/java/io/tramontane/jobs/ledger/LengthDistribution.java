package io.tramontane.jobs.ledger;

import java.util.Arrays;

/**
 * How many completions have which length in tokens: exact, and as large as the longest completion, not as their number.
 * Not thread-safe.
 */
public final class LengthDistribution {

    private long[] counts = new long[0];
    private long total;

    void add(int tokens) {
        if (tokens >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(tokens + 1, counts.length + counts.length / 2));
        }
        counts[tokens]++;
        total++;
    }

    /** This distribution and another one together; neither is changed. */
    LengthDistribution plus(LengthDistribution other) {
        var sum = new LengthDistribution();
        sum.counts = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int tokens = 0; tokens < other.counts.length; tokens++) {
            sum.counts[tokens] += other.counts[tokens];
        }
        sum.total = total + other.total;
        return sum;
    }

    /** How many completions. */
    public long total() {
        return total;
    }

    /** In tokens; 0 without completions. */
    public double mean() {
        double sum = 0;
        for (int tokens = 0; tokens < counts.length; tokens++) {
            sum += (double) tokens * counts[tokens];
        }
        return total == 0 ? 0 : sum / total;
    }

    /**
     * The shortest length that at least a share of the completions do not exceed.
     *
     * @param share in (0, 1]
     * @return tokens; 0 without completions
     */
    public int quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int tokens = 0; tokens < counts.length; tokens++) {
            seen += counts[tokens];
            if (seen >= wanted && seen > 0) {
                return tokens;
            }
        }
        return 0;
    }

    /**
     * The Kolmogorov-Smirnov statistic: the largest vertical distance between the two distribution functions, in [0,
     * 1].
     *
     * @throws IllegalArgumentException when either is empty
     */
    double distance(LengthDistribution other) {
        if (total == 0 || other.total == 0) {
            throw new IllegalArgumentException("nothing to compare");
        }
        double largest = 0;
        long here = 0;
        long there = 0;
        for (int tokens = 0; tokens < Math.max(counts.length, other.counts.length); tokens++) {
            here += tokens < counts.length ? counts[tokens] : 0;
            there += tokens < other.counts.length ? other.counts[tokens] : 0;
            largest = Math.max(largest, Math.abs((double) here / total - (double) there / other.total));
        }
        return largest;
    }
}
