package io.tramontane.policy.training;

/**
 * One completion as the loss sees it.
 *
 * @param promptTokens at least one
 * @param completionTokens at least one
 * @param behaviourLogProbs log μ of each completion token as the generator recorded it
 * @param advantage normalised, the same for every token
 * @param tokenWeight what one token weighs in the loss: the reciprocal of its divisor
 */
public record TrainingSequence(
        int[] promptTokens, int[] completionTokens, float[] behaviourLogProbs, double advantage, double tokenWeight) {

    public TrainingSequence {
        if (promptTokens.length == 0 || completionTokens.length == 0) {
            throw new IllegalArgumentException("a training sequence needs a prompt and a completion");
        }
        if (behaviourLogProbs.length != completionTokens.length) {
            throw new IllegalArgumentException("one log-probability a completion token: " + behaviourLogProbs.length
                    + " for " + completionTokens.length);
        }
    }
}
