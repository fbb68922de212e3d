package io.tramontane.policy.objective.testkit;

import io.tramontane.policy.objective.LossInput;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Micro-batches as a loss may meet them, drawn from a seed. */
public final class SampleInputs {

    private static final double MASKED_SHARE = 0.15;

    /** Log-ratios at and beyond the bound, and far beyond. */
    private static final double[] EXTREMES = {-100, -19.5, 19.5, 100};

    private SampleInputs() {}

    /**
     * One to five sequences of one to eight tokens, with advantages of both signs and some that are 0, uneven weights
     * and some that are 0. The log-probabilities of the reference are there.
     *
     * @param scale standard deviation of log π_θ − log μ: 1e-4 is nearly on-policy, 3 far off it
     */
    public static LossInput of(long seed, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] lengths = random.ints(1 + random.nextInt(5), 1, 9).toArray();
        int tokens = Arrays.stream(lengths).sum();
        float[] logProbs = new float[tokens];
        float[] behaviour = new float[tokens];
        float[] reference = new float[tokens];
        double[] advantages = new double[tokens];
        double[] weights = new double[tokens];
        int[] sequences = new int[tokens];
        int t = 0;
        for (int sequence = 0; sequence < lengths.length; sequence++) {
            double advantage = random.nextInt(8) == 0 ? 0 : random.nextGaussian();
            for (int end = t + lengths[sequence]; t < end; t++) {
                logProbs[t] = (float) -random.nextDouble(0.01, 7);
                behaviour[t] = (float) (logProbs[t] - scale * random.nextGaussian());
                reference[t] = (float) (logProbs[t] - scale * random.nextGaussian());
                advantages[t] = advantage;
                weights[t] = random.nextDouble() < MASKED_SHARE ? 0 : random.nextDouble(0.2, 1) / tokens;
                sequences[t] = sequence;
            }
        }
        return new LossInput(logProbs, behaviour, reference, advantages, weights, sequences);
    }

    /** The same as {@link #of}, but a third of the log-ratios are far out, up to ±100. */
    public static LossInput extreme(long seed) {
        LossInput input = of(seed, 1);
        SplittableRandom random = new SplittableRandom(~seed);
        float[] logProbs = input.logProbs().clone();
        float[] behaviour = input.behaviourLogProbs().clone();
        for (int t = 0; t < logProbs.length; t++) {
            if (random.nextInt(3) == 0) {
                double logRatio = EXTREMES[random.nextInt(EXTREMES.length)];
                logProbs[t] = (float) Math.min(-0.05, logRatio);
                behaviour[t] = (float) (logProbs[t] - logRatio);
            }
        }
        return new LossInput(
                logProbs,
                behaviour,
                input.referenceLogProbs(),
                input.advantages(),
                input.tokenWeights(),
                input.sequences());
    }

    /** The tokens from {@code start} to before {@code end} as a micro-batch of their own. */
    public static LossInput slice(LossInput input, int start, int end) {
        boolean reference = input.referenceLogProbs().length > 0;
        return new LossInput(
                Arrays.copyOfRange(input.logProbs(), start, end),
                Arrays.copyOfRange(input.behaviourLogProbs(), start, end),
                reference ? Arrays.copyOfRange(input.referenceLogProbs(), start, end) : new float[0],
                Arrays.copyOfRange(input.advantages(), start, end),
                Arrays.copyOfRange(input.tokenWeights(), start, end),
                Arrays.copyOfRange(input.sequences(), start, end));
    }

    /** The same, with another log π_θ of one token. */
    public static LossInput withLogProb(LossInput input, int token, float logProb) {
        float[] logProbs = input.logProbs().clone();
        logProbs[token] = logProb;
        return new LossInput(
                logProbs,
                input.behaviourLogProbs(),
                input.referenceLogProbs(),
                input.advantages(),
                input.tokenWeights(),
                input.sequences());
    }

    /** A copy that shares no array. */
    static LossInput copy(LossInput input) {
        return slice(input, 0, input.tokens());
    }

    /** Whether all arrays hold the same bits. */
    static boolean equal(LossInput first, LossInput second) {
        return Arrays.equals(first.logProbs(), second.logProbs())
                && Arrays.equals(first.behaviourLogProbs(), second.behaviourLogProbs())
                && Arrays.equals(first.referenceLogProbs(), second.referenceLogProbs())
                && Arrays.equals(first.advantages(), second.advantages())
                && Arrays.equals(first.tokenWeights(), second.tokenWeights())
                && Arrays.equals(first.sequences(), second.sequences());
    }
}
