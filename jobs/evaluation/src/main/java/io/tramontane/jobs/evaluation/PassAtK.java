package io.tramontane.jobs.evaluation;

/** The probability that at least one of k completions is correct. */
final class PassAtK {

    private PassAtK() {}

    /**
     * The unbiased estimate from n completions, 1 − C(n−c, k) / C(n, k) (Chen et al. 2021, §2.1), as a product so that
     * no binomial coefficient overflows.
     *
     * @param samples n
     * @param correct c of them
     * @param k between 1 and n
     * @throws IllegalArgumentException when fewer than k were sampled
     */
    static double estimate(int samples, int correct, int k) {
        if (k < 1 || k > samples || correct < 0 || correct > samples) {
            throw new IllegalArgumentException(
                    "pass@" + k + " of " + samples + " completions, " + correct + " of them correct");
        }
        if (samples - correct < k) {
            return 1;
        }
        double allWrong = 1;
        for (int i = samples - correct + 1; i <= samples; i++) {
            allWrong *= 1 - (double) k / i;
        }
        return 1 - allWrong;
    }
}
