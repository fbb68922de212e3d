package io.tramontane.policy.objective;

import java.util.Arrays;

/** Mean and population standard deviation of the advantages of a minibatch's sequences, before they are normalised. */
public record AdvantageMoments(double mean, double std) {

    /** Of at least one advantage; sums run in order, with compensation for rounding. */
    public static AdvantageMoments of(double[] advantages) {
        double mean = Arrays.stream(advantages).average().orElseThrow();
        double variance = Arrays.stream(advantages)
                .map(advantage -> (advantage - mean) * (advantage - mean))
                .average()
                .orElseThrow();
        return new AdvantageMoments(mean, Math.sqrt(variance));
    }
}
