package io.tramontane.policy.objective;

/** How the advantages of a minibatch are scaled before the loss (Magistral §2.1). */
public enum AdvantageNormalisation {
    /** (A − mean) / (std + 1e-8) over the sequences of the minibatch: the recipe. */
    MINIBATCH {
        @Override
        public double[] normalised(double[] advantages, double[] groupStds) {
            check(advantages, groupStds);
            AdvantageMoments moments = AdvantageMoments.of(advantages);
            double[] normalised = new double[advantages.length];
            for (int i = 0; i < normalised.length; i++) {
                normalised[i] = (advantages[i] - moments.mean()) / (moments.std() + EPSILON);
            }
            return normalised;
        }
    },
    /**
     * A / (std + 1e-8) with that of the rewards of the completion's own group: the original GRPO (arXiv 2402.03300).
     */
    GROUP {
        @Override
        public double[] normalised(double[] advantages, double[] groupStds) {
            check(advantages, groupStds);
            double[] normalised = new double[advantages.length];
            for (int i = 0; i < normalised.length; i++) {
                normalised[i] = advantages[i] / (groupStds[i] + EPSILON);
            }
            return normalised;
        }
    },
    /** As they are: Dr. GRPO (arXiv 2503.20783). */
    NONE {
        @Override
        public double[] normalised(double[] advantages, double[] groupStds) {
            check(advantages, groupStds);
            return advantages.clone();
        }
    };

    /** Added to a standard deviation that divides. */
    private static final double EPSILON = 1e-8;

    /**
     * What the loss takes as Â.
     *
     * @param advantages of the sequences of the whole minibatch, at least one
     * @param groupStds for each, the population standard deviation of the rewards of its group
     * @return a new array, as long
     */
    public abstract double[] normalised(double[] advantages, double[] groupStds);

    private static void check(double[] advantages, double[] groupStds) {
        if (advantages.length == 0 || advantages.length != groupStds.length) {
            throw new IllegalArgumentException(
                    advantages.length + " advantages and " + groupStds.length + " standard deviations");
        }
    }
}
