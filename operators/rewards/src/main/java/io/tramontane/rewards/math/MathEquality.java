package io.tramontane.rewards.math;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.correctness.AnswerEquality;
import io.tramontane.rewards.math.comparison.MathComparison;
import io.tramontane.rewards.math.comparison.MathSettings;

/**
 * Equality of mathematical answers: numbers, expressions, equations, inequalities, intervals, sets, tuples, matrices,
 * words. What cannot be proved equal is not accepted.
 *
 * <p>The work is bounded by steps, not by a clock, so a verdict depends on nothing but the two texts and the settings.
 * Thread-safe.
 */
public final class MathEquality implements AnswerEquality {

    private final MathSettings settings;

    public MathEquality(MathSettings settings) {
        this.settings = settings;
    }

    @Override
    public Grade compare(String reference, String answer) {
        return new MathComparison(settings).compare(reference, answer);
    }
}
