package io.tramontane.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.jobs.evaluation.MajorityVote.Candidate;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MajorityVoteTest {

    @Test
    void allVotesTogetherDecideAsUsual() {
        assertThat(expected(0, 8, right(5), wrong(3))).isEqualTo(1);
        assertThat(expected(0, 8, right(3), wrong(5))).isZero();
        assertThat(expected(4, 9, right(3), wrong(2))).isEqualTo(1);
    }

    @Test
    void tiesAreSharedEqually() {
        assertThat(expected(0, 8, right(4), wrong(4))).isCloseTo(1.0 / 2, within(1e-12));
        assertThat(expected(0, 6, right(2), wrong(2), wrong(2))).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void oneVoteIsTheShareOfCorrectCompletions() {
        assertThat(expected(2, 1, right(3), wrong(4), wrong(1))).isCloseTo(0.3, within(1e-12));
    }

    /**
     * By hand, three of A A B B C with A right: AAB (2 subsets), AAC (1) are won; ABC (4) are a third; ABB (2), BBC (1)
     * are lost: (3 + 4/3) / 10.
     */
    @Test
    void countsSubsets() {
        assertThat(expected(0, 3, right(2), wrong(2), wrong(1))).isCloseTo((3 + 4.0 / 3) / 10, within(1e-12));
    }

    /** By hand, two of A B and one that abstains: AB is half, A alone is won, B alone lost: (1/2 + 1) / 3. */
    @Test
    void completionsWithoutAnswerDoNotVote() {
        assertThat(expected(1, 2, right(1), wrong(1))).isCloseTo(0.5, within(1e-12));
        assertThat(expected(3, 2)).isZero();
    }

    @Test
    void differentCorrectAnswersAreVotedOnApart() {
        assertThat(expected(0, 5, right(2), right(2), wrong(1))).isCloseTo(1, within(1e-12));
        assertThat(expected(0, 6, right(1), right(2), wrong(3))).isZero();
    }

    @Test
    void equalsTheMeanOverManyRandomSubsets() {
        SplittableRandom random = new SplittableRandom(11);
        // Answer of each completion: 0 is right, -1 none.
        int[] answers = {0, 0, 0, 0, 1, 1, 1, 2, 2, 3, -1, -1};
        int trials = 200_000;
        double won = 0;
        for (int trial = 0; trial < trials; trial++) {
            won += vote(subset(answers, 5, random));
        }

        double expected = expected(2, 5, right(4), wrong(3), wrong(2), wrong(1));

        assertThat(won / trials).isCloseTo(expected, within(0.005));
    }

    @Test
    void aLargeElectionIsCountedWithoutOverflow() {
        assertThat(expected(0, 101, right(150), wrong(106))).isBetween(0.9, 1.0);
    }

    @Test
    void moreThanWereSampledIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> expected(0, 3, right(2)));
    }

    private static int[] subset(int[] from, int size, SplittableRandom random) {
        int[] shuffled = from.clone();
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(shuffled.length - i);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swapped;
        }
        return java.util.Arrays.copyOf(shuffled, size);
    }

    private static double vote(int[] answers) {
        int[] votes = new int[4];
        for (int answer : answers) {
            if (answer >= 0) {
                votes[answer]++;
            }
        }
        int most = java.util.Arrays.stream(votes).max().orElseThrow();
        long first =
                java.util.Arrays.stream(votes).filter(count -> count == most).count();
        return most > 0 && votes[0] == most ? 1.0 / first : 0;
    }

    private static double expected(int abstentions, int k, Candidate... candidates) {
        return MajorityVote.expected(List.of(candidates), abstentions, k);
    }

    private static Candidate right(int votes) {
        return new Candidate(votes, true);
    }

    private static Candidate wrong(int votes) {
        return new Candidate(votes, false);
    }
}
