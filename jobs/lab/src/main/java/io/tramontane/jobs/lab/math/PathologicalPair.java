package io.tramontane.jobs.lab.math;

import java.util.ArrayList;
import java.util.List;

/**
 * A pair of answers made to exhaust a verifier: deep, long, huge or broken.
 *
 * @param name what is wrong with it
 * @param equal whether the two mean the same, so that CORRECT would be true
 */
public record PathologicalPair(String name, String reference, String answer, boolean equal) {

    /** All there are, made again by each call: some tens of megabytes. */
    public static List<PathologicalPair> all() {
        List<PathologicalPair> pairs = new ArrayList<>();
        LargePairs.addTo(pairs);
        BrokenPairs.addTo(pairs);
        return pairs;
    }

    static PathologicalPair equal(String name, String reference, String answer) {
        return new PathologicalPair(name, reference, answer, true);
    }

    static PathologicalPair unequal(String name, String reference, String answer) {
        return new PathologicalPair(name, reference, answer, false);
    }
}
