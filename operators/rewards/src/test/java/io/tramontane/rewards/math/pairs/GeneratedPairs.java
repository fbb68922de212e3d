package io.tramontane.rewards.math.pairs;

import java.util.List;
import java.util.stream.Stream;

/**
 * Pairs of answers whose equality is known by construction, in arithmetic that shares nothing with the kernel they are
 * for. The same seed gives the same pairs.
 */
public final class GeneratedPairs {

    private static final PairKind EXPANDED_POWER =
            new PairKind("expanded power", draw -> PairKind.Sides.either(draw, "(x+y+z+w)^{200}", "(x+y+z+w)^{200}+1"));
    private static final PairKind HIGHEST_TOWER =
            new PairKind("tower", draw -> PairKind.Sides.either(draw, "9^{9^{9^9}}", "9^{9^{9^8}}"));

    private GeneratedPairs() {}

    /** Different ways to write the same. */
    public static List<AnswerPair> equal(int count, long seed) {
        return PairKind.drawn(
                Stream.of(
                                NumberPairs.rewrites(),
                                AlgebraPairs.rewrites(),
                                TranscendentalPairs.rewrites(),
                                CollectionPairs.rewrites(),
                                RelationPairs.rewrites(),
                                TextPairs.rewrites())
                        .flatMap(List::stream)
                        .toList(),
                count,
                seed);
    }

    /** Answers that differ in one detail. */
    public static List<AnswerPair> unequal(int count, long seed) {
        return PairKind.drawn(
                Stream.of(
                                List.of(EXPANDED_POWER, HIGHEST_TOWER),
                                NumberPairs.nearMisses(),
                                AlgebraPairs.nearMisses(),
                                TranscendentalPairs.nearMisses(),
                                CollectionPairs.nearMisses(),
                                RelationPairs.nearMisses(),
                                TextPairs.nearMisses())
                        .flatMap(List::stream)
                        .toList(),
                count,
                seed);
    }
}
