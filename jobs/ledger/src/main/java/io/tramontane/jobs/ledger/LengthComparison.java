package io.tramontane.jobs.ledger;

import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether a part of the completions differs in length from the rest, and by how much that shifts what is left.
 *
 * <p>With many completions the smallest difference is significant, so significance alone says nothing: what matters is
 * the {@link #shift}. A part that is dropped is compared with the rest; a significant difference in a part of 1% moves
 * the distribution of what is trained on by at most 0.01.
 *
 * @param what the part
 * @param completions in the part
 * @param distance Kolmogorov-Smirnov statistic between the part and the rest, in [0, 1]
 * @param probability p-value of the two-sample test: how probable so large a distance is without a difference; the
 *     asymptotic distribution, conservative for lengths, which have ties
 * @param shift Kolmogorov-Smirnov statistic between all completions and those without the part: how far dropping the
 *     part moves the distribution of lengths, in [0, 1]
 * @param mechanism whether the part was chosen by the mechanism of the loop, which must not look at lengths; otherwise
 *     by what was answered, which may well go along with them
 */
public record LengthComparison(
        String what, long completions, double distance, double probability, double shift, boolean mechanism) {

    /** Below this p-value a difference is taken for one. */
    private static final double SIGNIFICANT = 0.001;

    /** Test statistics of fewer completions say nothing. */
    private static final int FEWEST = 20;

    private static final Map<CompletionState, Boolean> BY_MECHANISM = Map.of(
            CompletionState.STALE, true,
            CompletionState.INCOMPLETE, true,
            CompletionState.ZERO_VARIANCE, false);

    /** Whether the part differs and shifts the rest by more than a threshold. */
    public boolean parts(double threshold) {
        return probability < SIGNIFICANT && shift > threshold;
    }

    /** How completions dropped for a reason compare with all others; nothing for states that are no reason. */
    static Optional<LengthComparison> ofDropped(
            CompletionState state, Map<CompletionState, LengthDistribution> lengths) {
        if (!BY_MECHANISM.containsKey(state)) {
            return Optional.empty();
        }
        return of(state.label(), lengths.get(state), without(state, lengths), BY_MECHANISM.get(state));
    }

    /** How the trained completions compare with the dropped ones. */
    static Optional<LengthComparison> ofTrained(Map<CompletionState, LengthDistribution> lengths) {
        LengthDistribution trained = lengths.get(CompletionState.TRAINED);
        LengthDistribution rest = without(CompletionState.TRAINED, lengths);
        return of("all dropped", rest, trained, false);
    }

    /** Open completions are left out: those still being generated or waiting are the long ones of the moment. */
    private static LengthDistribution without(CompletionState part, Map<CompletionState, LengthDistribution> lengths) {
        LengthDistribution rest = new LengthDistribution();
        for (var entry : lengths.entrySet()) {
            if (entry.getKey() != part && !entry.getKey().open()) {
                rest = rest.plus(entry.getValue());
            }
        }
        return rest;
    }

    private static Optional<LengthComparison> of(
            String what, LengthDistribution part, LengthDistribution rest, boolean mechanism) {
        if (part.total() < FEWEST || rest.total() < FEWEST) {
            return Optional.empty();
        }
        double distance = part.distance(rest);
        int parts = (int) Math.min(part.total(), Integer.MAX_VALUE);
        int others = (int) Math.min(rest.total(), Integer.MAX_VALUE);
        double probability = distance == 0 ? 1 : new KolmogorovSmirnovTest().approximateP(distance, parts, others);
        return Optional.of(new LengthComparison(
                what, part.total(), distance, probability, rest.distance(part.plus(rest)), mechanism));
    }
}
