package io.tramontane.jobs.evaluation;

import java.util.List;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The probability that the answer given most often by k completions is correct (Wang et al. 2023, self-consistency).
 *
 * <p>Completions without an answer do not vote. Among answers given equally often one is drawn, each with the same
 * probability; when nobody votes the outcome is wrong.
 */
final class MajorityVote {

    /**
     * One answer.
     *
     * @param votes completions that gave it, at least 1
     * @param correct whether it equals the reference
     */
    record Candidate(int votes, boolean correct) {}

    private MajorityVote() {}

    /**
     * The expectation over all subsets of k of the n completions, computed exactly: for each correct answer and each
     * number of votes it may get, the subsets in which no other answer gets more are counted, those with t equals as 1
     * / (t + 1).
     *
     * @param abstentions completions without an answer; n is these and all votes
     * @param k between 1 and n; n at most 1,000, beyond which the counts of subsets exceed a double
     */
    static double expected(List<Candidate> candidates, int abstentions, int k) {
        int samples =
                abstentions + candidates.stream().mapToInt(Candidate::votes).sum();
        if (k < 1 || k > samples || samples > 1_000) {
            throw new IllegalArgumentException("maj@" + k + " of " + samples + " completions");
        }
        double won = 0;
        for (int winner = 0; winner < candidates.size(); winner++) {
            if (candidates.get(winner).correct()) {
                for (int votes = 1; votes <= Math.min(k, candidates.get(winner).votes()); votes++) {
                    won += subsets(candidates.get(winner).votes(), votes)
                            * wonWith(candidates, winner, votes, abstentions, k - votes);
                }
            }
        }
        return Math.min(1, won / subsets(samples, k));
    }

    /** Ways to choose the other {@code rest} completions so that {@code winner} wins with its votes, ties shared. */
    private static double wonWith(List<Candidate> candidates, int winner, int votes, int abstentions, int rest) {
        int mostTies = rest / votes;
        double[][] ways = new double[rest + 1][mostTies + 1];
        ways[0][0] = 1;
        for (int other = 0; other < candidates.size(); other++) {
            if (other != winner) {
                ways = joined(ways, candidates.get(other).votes(), votes);
            }
        }
        double sum = 0;
        for (int chosen = 0; chosen <= rest; chosen++) {
            if (rest - chosen <= abstentions) {
                double silent = subsets(abstentions, rest - chosen);
                for (int ties = 0; ties <= mostTies; ties++) {
                    sum += ways[chosen][ties] * silent / (ties + 1);
                }
            }
        }
        return sum;
    }

    /** The ways with one more answer, which gets at most {@code bound} votes and is a tie when it gets them. */
    private static double[][] joined(double[][] ways, int available, int bound) {
        double[][] result = new double[ways.length][ways[0].length];
        for (int votes = 0; votes <= Math.min(available, bound); votes++) {
            double choices = subsets(available, votes);
            int tie = votes == bound ? 1 : 0;
            for (int chosen = 0; chosen + votes < ways.length; chosen++) {
                for (int ties = 0; ties + tie < ways[0].length; ties++) {
                    result[chosen + votes][ties + tie] += choices * ways[chosen][ties];
                }
            }
        }
        return result;
    }

    private static double subsets(int of, int size) {
        return CombinatoricsUtils.binomialCoefficientDouble(of, size);
    }
}
