package io.tramontane.policy.objective.loss;

import io.tramontane.policy.objective.LossInput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The losses straight from their formulas, sequence by sequence, each as an objective to be maximised. What a formula
 * detaches is of a second input.
 */
final class ReferenceLosses {

    /** A token that is not masked; {@code fixed} is its log π_θ in the detached input. */
    record Token(double logProb, double fixed, double behaviour, double advantage, double weight) {

        double logRatio() {
            return clip(logProb - behaviour, -20, 20);
        }

        double ratio() {
            return Math.exp(logRatio());
        }

        double fixedRatio() {
            return Math.exp(clip(fixed - behaviour, -20, 20));
        }
    }

    private ReferenceLosses() {}

    static double grpo(LossInput moving, LossInput detached, double low, double high, double cap) {
        return -sumOfTokens(moving, detached, token -> {
            double ratio = cap > 0 ? Math.min(token.ratio(), cap) : token.ratio();
            double advantage = token.advantage();
            return Math.min(ratio * advantage, clip(ratio, 1 - low, 1 + high) * advantage);
        });
    }

    static double reinforce(LossInput moving, LossInput detached, double cap) {
        return -sumOfTokens(moving, detached, token -> {
            double weight = cap == 0 ? 1 : Math.min(token.fixedRatio(), cap);
            return weight * token.advantage() * token.logProb();
        });
    }

    static double cispo(LossInput moving, LossInput detached, double low, double high) {
        return -sumOfTokens(
                moving,
                detached,
                token -> clip(token.fixedRatio(), 1 - low, 1 + high) * token.advantage() * token.logProb());
    }

    static double gspo(LossInput moving, LossInput detached, double low, double high) {
        return -sumOfSequences(moving, detached, tokens -> {
            double product = 1;
            for (Token token : tokens) {
                product *= Math.pow(token.ratio(), 1.0 / tokens.size());
            }
            double advantage = tokens.get(0).advantage();
            double term = Math.min(product * advantage, clip(product, 1 - low, 1 + high) * advantage);
            return tokens.stream().mapToDouble(Token::weight).sum() * term;
        });
    }

    static double icePop(LossInput moving, LossInput detached, double minimum, double maximum) {
        return -sumOfTokens(moving, detached, token -> {
            boolean kept = minimum <= token.ratio() && token.ratio() <= maximum;
            return kept ? token.ratio() * token.advantage() : 0;
        });
    }

    static double dppo(LossInput moving, LossInput detached, double delta, double coefficient) {
        return -sumOfTokens(moving, detached, token -> {
            double moved = Math.exp(token.fixed()) - Math.exp(token.behaviour());
            boolean masked = Math.signum(moved) == Math.signum(token.advantage()) && Math.abs(moved) > delta;
            double objective = masked ? 0 : token.ratio() * token.advantage();
            return objective - coefficient * Math.pow(token.logRatio(), 2);
        });
    }

    private static double sumOfTokens(LossInput moving, LossInput detached, ToDoubleFunction<Token> objective) {
        return sumOfSequences(
                moving,
                detached,
                tokens -> tokens.stream()
                        .mapToDouble(token -> token.weight() * objective.applyAsDouble(token))
                        .sum());
    }

    private static double sumOfSequences(
            LossInput moving, LossInput detached, ToDoubleFunction<List<Token>> objective) {
        double sum = 0;
        int sequences = moving.tokens() == 0 ? 0 : moving.sequences()[moving.tokens() - 1] + 1;
        for (int sequence = 0; sequence < sequences; sequence++) {
            List<Token> tokens = new ArrayList<>();
            for (int t = 0; t < moving.tokens(); t++) {
                if (moving.sequences()[t] == sequence && moving.tokenWeights()[t] != 0) {
                    tokens.add(new Token(
                            moving.logProbs()[t],
                            detached.logProbs()[t],
                            moving.behaviourLogProbs()[t],
                            moving.advantages()[t],
                            moving.tokenWeights()[t]));
                }
            }
            sum += tokens.isEmpty() ? 0 : objective.applyAsDouble(tokens);
        }
        return sum;
    }

    static double clip(double value, double minimum, double maximum) {
        return Math.max(minimum, Math.min(maximum, value));
    }
}
