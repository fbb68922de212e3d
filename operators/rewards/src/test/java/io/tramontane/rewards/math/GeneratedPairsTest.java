package io.tramontane.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.correctness.AnswerEquality;
import io.tramontane.rewards.math.pairs.AnswerPair;
import io.tramontane.rewards.math.pairs.GeneratedPairs;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The kernel against pairs whose equality is known by construction. */
class GeneratedPairsTest {

    private static final int PAIRS = 20_000;
    private static final double REQUIRED = 0.98;
    private static final int EXAMPLES = 3;

    private final AnswerEquality equality = MathFixtures.equality();

    @Test
    void noNearMissIsAccepted() {
        List<String> accepted = new ArrayList<>();
        for (AnswerPair pair : GeneratedPairs.unequal(PAIRS, "near misses".hashCode())) {
            Grade grade = equality.compare(pair.reference(), pair.answer());
            if (grade.verdict() == Verdict.CORRECT) {
                accepted.add(describe(pair, grade));
            }
        }
        System.out.printf("near misses: %,d of %,d accepted%n", accepted.size(), PAIRS);
        assertThat(accepted).isEmpty();
    }

    @Test
    void rewritesAreAccepted() {
        Map<String, int[]> byKind = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        int accepted = 0;
        for (AnswerPair pair : GeneratedPairs.equal(PAIRS, "rewrites".hashCode())) {
            int[] counts = byKind.computeIfAbsent(pair.kind(), kind -> new int[2]);
            Grade grade = equality.compare(pair.reference(), pair.answer());
            counts[1]++;
            if (grade.verdict() == Verdict.CORRECT) {
                counts[0]++;
                accepted++;
            } else if (counts[1] - counts[0] <= EXAMPLES) {
                refused.add(describe(pair, grade));
            }
        }
        byKind.forEach((kind, counts) ->
                System.out.printf("%-40s %5.1f%% of %,d%n", kind, 100.0 * counts[0] / counts[1], counts[1]));
        System.out.printf("rewrites: %.2f%% of %,d accepted%n", 100.0 * accepted / PAIRS, PAIRS);
        refused.forEach(System.out::println);
        assertThat((double) accepted / PAIRS).isGreaterThanOrEqualTo(REQUIRED);
    }

    private static String describe(AnswerPair pair, Grade grade) {
        return pair.kind() + ": " + pair.reference() + " | " + pair.answer() + " | " + grade.verdict() + ", "
                + grade.reason();
    }
}
