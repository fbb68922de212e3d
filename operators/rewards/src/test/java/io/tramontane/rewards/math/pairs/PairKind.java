package io.tramontane.rewards.math.pairs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of pair that can be drawn.
 *
 * @param name for the report
 * @param pair draws one
 */
record PairKind(String name, Function<Draw, Sides> pair) {

    private static final int TRIES = 50;

    /** Reference and answer. */
    record Sides(String reference, String answer) {

        /** Either of both may be the reference. */
        static Sides either(Draw draw, String one, String other) {
            return draw.chance(0.5) ? new Sides(one, other) : new Sides(other, one);
        }
    }

    /** As many of each kind as there are, in turns, all different; kinds of which there are few give fewer. */
    static List<AnswerPair> drawn(List<PairKind> kinds, int count, long seed) {
        Set<AnswerPair> seen = new HashSet<>();
        List<AnswerPair> pairs = new ArrayList<>();
        Draw draw = new Draw(seed);
        while (pairs.size() < count) {
            int before = pairs.size();
            for (PairKind kind : kinds) {
                for (int attempt = 0; attempt < TRIES && pairs.size() < count; attempt++) {
                    Sides sides = kind.pair.apply(draw);
                    AnswerPair pair = new AnswerPair(kind.name, sides.reference(), sides.answer());
                    if (seen.add(pair)) {
                        pairs.add(pair);
                        break;
                    }
                }
            }
            if (pairs.size() == before) {
                throw new IllegalStateException("there are no more than " + before + " different pairs");
            }
        }
        return pairs;
    }
}
