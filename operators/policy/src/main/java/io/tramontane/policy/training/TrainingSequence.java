package io.tramontane.policy.training;

/**
 * One completion as the objective sees it.
 *
 * @param tokens its prompt and itself
 * @param behaviourLogProbs log μ of each completion token as the generator recorded it
 * @param temperature of the distribution that those are of, and that the sequence is trained at
 * @param advantage normalised, the same for every token
 * @param tokenWeight what one token weighs in the loss: the reciprocal of its divisor
 */
public record TrainingSequence(
        TokenSequence tokens, float[] behaviourLogProbs, float temperature, double advantage, double tokenWeight) {

    public TrainingSequence {
        if (behaviourLogProbs.length != tokens.completionTokens().length) {
            throw new IllegalArgumentException("one log-probability a completion token: " + behaviourLogProbs.length
                    + " for " + tokens.completionTokens().length);
        }
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("log-probabilities at temperature " + temperature);
        }
    }
}
