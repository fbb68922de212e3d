package io.tramontane.jobs.data.wordproblems;

import io.tramontane.schemas.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a problem: a start and two changes, every value between 0 and {@value #MAXIMUM}.
 *
 * <p>What is held out is decided here, by the three numbers a problem shows, whatever the directions of its changes.
 * Held-out numbers are so in every language and in every wording: no training problem or demonstration shows them.
 *
 * @param start value before the changes
 * @param first signed change, not 0
 * @param second signed change, not 0
 */
record Arithmetic(int start, int first, int second) {

    static final int MAXIMUM = 20;

    private static final int MINIMUM_START = 2;
    private static final int MAXIMUM_CHANGE = 9;

    /** One of so many instances is held out. */
    private static final int HELD_OUT_IN = 5;

    /** All instances, in a fixed order. */
    static List<Arithmetic> all() {
        List<Arithmetic> all = new ArrayList<>();
        for (int start = MINIMUM_START; start <= MAXIMUM; start++) {
            for (int first = -MAXIMUM_CHANGE; first <= MAXIMUM_CHANGE; first++) {
                for (int second = -MAXIMUM_CHANGE; second <= MAXIMUM_CHANGE; second++) {
                    Arithmetic instance = new Arithmetic(start, first, second);
                    if (first != 0 && second != 0 && inRange(instance.middle()) && inRange(instance.result())) {
                        all.add(instance);
                    }
                }
            }
        }
        return all;
    }

    private static boolean inRange(int value) {
        return value >= 0 && value <= MAXIMUM;
    }

    int middle() {
        return start + first;
    }

    int result() {
        return start + first + second;
    }

    boolean heldOut() {
        String numbers = start + "/" + Math.abs(first) + "/" + Math.abs(second);
        return Math.floorMod(Identity.seed(0, numbers), HELD_OUT_IN) == 0;
    }

    /** A calculation, written out. */
    static String step(int before, int change, int after) {
        return before + (change < 0 ? " - " : " + ") + Math.abs(change) + " = " + after;
    }
}
