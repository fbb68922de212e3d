package io.tramontane.policy;

/**
 * How the frequencies of rotary positions are changed for sequences longer than those of the first training. The
 * formulas are those of {@code modeling_rope_utils.py} of Hugging Face's transformers, whose names the components have.
 */
public sealed interface RotaryScaling {

    /**
     * Radians that each pair of features turns by from one position to the next, [size / 2].
     *
     * @param theta base of the rotary position embedding
     * @param size features of a head
     */
    double[] inverseFrequencies(double theta, int size);

    /** What cosines and sines are multiplied by. */
    default double attentionFactor() {
        return 1;
    }

    /** {@code default}: θ^(−2i/size). */
    record None() implements RotaryScaling {

        @Override
        public double[] inverseFrequencies(double theta, int size) {
            return unscaled(theta, size);
        }
    }

    /** {@code linear}: every frequency is divided by the factor (Chen et al. 2023, arXiv:2306.15595). */
    record Linear(double factor) implements RotaryScaling {

        public Linear {
            requirePositive("factor", factor);
        }

        @Override
        public double[] inverseFrequencies(double theta, int size) {
            double[] scaled = unscaled(theta, size);
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] /= factor;
            }
            return scaled;
        }
    }

    /**
     * {@code llama3}: waves longer than originalPositions / lowFrequencyFactor are divided by the factor, those shorter
     * than originalPositions / highFrequencyFactor kept, those between interpolated (Llama 3.1).
     */
    record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions)
            implements RotaryScaling {

        public Llama3 {
            requirePositive("factor", factor);
            requirePositive("low_freq_factor", lowFrequencyFactor);
            requirePositive("original_max_position_embeddings", originalPositions);
            if (!(highFrequencyFactor > lowFrequencyFactor)) {
                throw new IllegalArgumentException("high_freq_factor (" + highFrequencyFactor
                        + ") must be larger than low_freq_factor (" + lowFrequencyFactor + ")");
            }
        }

        @Override
        public double[] inverseFrequencies(double theta, int size) {
            double[] scaled = unscaled(theta, size);
            for (int i = 0; i < scaled.length; i++) {
                double waves = originalPositions * scaled[i] / (2 * Math.PI);
                double kept = (waves - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
                kept = Math.min(1, Math.max(0, kept));
                scaled[i] = (1 - kept) * scaled[i] / factor + kept * scaled[i];
            }
            return scaled;
        }
    }

    /**
     * {@code yarn}: frequencies that turn fewer than betaSlow times within originalPositions are divided by the factor,
     * those that turn more than betaFast times kept, those between interpolated by their index (Peng et al. 2023,
     * arXiv:2309.00071).
     *
     * @param attentionFactor what cosines and sines are multiplied by
     * @param truncate whether the bounds of the interpolation are rounded outwards to whole indices
     */
    record Yarn(
            double factor,
            int originalPositions,
            double betaFast,
            double betaSlow,
            double attentionFactor,
            boolean truncate)
            implements RotaryScaling {

        public Yarn {
            requirePositive("factor", factor);
            requirePositive("original_max_position_embeddings", originalPositions);
            requirePositive("beta_slow", betaSlow);
            requirePositive("attention_factor", attentionFactor);
            if (betaFast < betaSlow) {
                throw new IllegalArgumentException(
                        "beta_fast (" + betaFast + ") must be at least beta_slow (" + betaSlow + ")");
            }
        }

        /** The attention factor of a configuration that does not give it: 0.1 · scale · ln(factor) + 1. */
        public static double magnitude(double factor, double scale) {
            return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
        }

        @Override
        public double[] inverseFrequencies(double theta, int size) {
            double low = index(betaFast, theta, size);
            double high = index(betaSlow, theta, size);
            low = Math.max(truncate ? Math.floor(low) : low, 0);
            high = Math.min(truncate ? Math.ceil(high) : high, size - 1.0);
            if (low == high) {
                high += 0.001;
            }
            double[] scaled = unscaled(theta, size);
            for (int i = 0; i < scaled.length; i++) {
                double divided = Math.min(1, Math.max(0, (i - low) / (high - low)));
                scaled[i] = divided * scaled[i] / factor + (1 - divided) * scaled[i];
            }
            return scaled;
        }

        /** Index of the frequency that turns so often within originalPositions. */
        private double index(double turns, double theta, int size) {
            return size * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    private static double[] unscaled(double theta, int size) {
        double[] frequencies = new double[size / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(theta, -2.0 * i / size);
        }
        return frequencies;
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
