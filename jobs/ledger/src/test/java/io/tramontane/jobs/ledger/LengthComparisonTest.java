package io.tramontane.jobs.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class LengthComparisonTest {

    private static final double THRESHOLD = 0.02;

    private final Map<CompletionState, LengthDistribution> lengths = new EnumMap<>(CompletionState.class);
    private final Random random = new Random(4);

    LengthComparisonTest() {
        for (CompletionState state : CompletionState.values()) {
            lengths.put(state, new LengthDistribution());
        }
    }

    private void add(CompletionState state, int completions, int shortest, int longest) {
        random.ints(completions, shortest, longest).forEach(lengths.get(state)::add);
    }

    private LengthComparison compare(CompletionState state) {
        return LengthComparison.ofDropped(state, lengths).orElseThrow();
    }

    @Test
    void droppingByChanceIsNoBias() {
        add(CompletionState.TRAINED, 100_000, 10, 200);
        add(CompletionState.STALE, 5_000, 10, 200);
        LengthComparison stale = compare(CompletionState.STALE);
        assertThat(stale.parts(THRESHOLD)).isFalse();
        assertThat(stale.mechanism()).isTrue();
        assertThat(stale.shift()).isLessThan(0.005);
    }

    @Test
    void droppingTheLongOnesParts() {
        add(CompletionState.TRAINED, 100_000, 10, 200);
        add(CompletionState.INCOMPLETE, 8_000, 150, 200);
        LengthComparison incomplete = compare(CompletionState.INCOMPLETE);
        assertThat(incomplete.parts(THRESHOLD)).isTrue();
        assertThat(incomplete.distance()).isGreaterThan(0.7);
        // A share of 8,000 of 108,000 at that distance.
        assertThat(incomplete.shift()).isCloseTo(incomplete.distance() * 8 / 108, within(1e-9));
    }

    @Test
    void aSignificantDifferenceOfAFewShiftsNothing() {
        add(CompletionState.TRAINED, 100_000, 10, 200);
        add(CompletionState.STALE, 500, 150, 200);
        LengthComparison stale = compare(CompletionState.STALE);
        assertThat(stale.probability()).isLessThan(1e-9);
        assertThat(stale.parts(THRESHOLD)).isFalse();
    }

    @Test
    void openCompletionsTakeNoPart() {
        add(CompletionState.TRAINED, 1_000, 10, 200);
        add(CompletionState.STALE, 1_000, 10, 200);
        add(CompletionState.GATHERING, 100_000, 500, 600);
        assertThat(compare(CompletionState.STALE).distance()).isLessThan(0.1);
    }

    @Test
    void aFewCompletionsAreNotCompared() {
        add(CompletionState.TRAINED, 1_000, 10, 200);
        add(CompletionState.STALE, 10, 150, 200);
        assertThat(LengthComparison.ofDropped(CompletionState.STALE, lengths)).isEmpty();
    }

    @Test
    void distanceAndQuantilesAreThoseOfTheSamples() {
        double[] here = random.ints(300, 5, 40).asDoubleStream().toArray();
        double[] there = random.ints(700, 10, 90).asDoubleStream().toArray();
        LengthDistribution some = new LengthDistribution();
        LengthDistribution others = new LengthDistribution();
        for (double tokens : here) {
            some.add((int) tokens);
        }
        for (double tokens : there) {
            others.add((int) tokens);
        }
        assertThat(some.distance(others))
                .isCloseTo(new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(here, there), within(1e-12));
        java.util.Arrays.sort(here);
        assertThat(some.quantile(0.5)).isEqualTo((int) here[149]);
        assertThat(some.quantile(0.9)).isEqualTo((int) here[269]);
        assertThat(some.quantile(1)).isEqualTo((int) here[299]);
    }
}
