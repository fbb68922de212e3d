package io.tramontane.rewards.math;

import io.tramontane.rewards.correctness.AnswerEquality;
import io.tramontane.rewards.math.comparison.MathSettings;

/** The kernel as the defaults configure it. */
public final class MathFixtures {

    /** The shipped settings. */
    public static final MathSettings SETTINGS = rounding(-1);

    private MathFixtures() {}

    static AnswerEquality equality() {
        return new MathEquality(SETTINGS);
    }

    static AnswerEquality roundingTo(int decimals) {
        return new MathEquality(rounding(decimals));
    }

    private static MathSettings rounding(int decimals) {
        return new MathSettings(false, true, true, decimals, 400_000, 20_000);
    }
}
