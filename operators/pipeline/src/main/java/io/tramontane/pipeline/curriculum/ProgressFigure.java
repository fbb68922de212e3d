package io.tramontane.pipeline.curriculum;

/** A figure of a step by which a stage may end. */
public enum ProgressFigure {
    /** None: the stage ends by its number of steps only. */
    NONE {
        @Override
        double of(StepProgress step) {
            return Double.NaN;
        }

        @Override
        boolean reached(double mean, double threshold) {
            return false;
        }
    },
    /** Share of completions whose answer is right; the stage ends when it is high. */
    ACCURACY {
        @Override
        double of(StepProgress step) {
            return step.accuracy();
        }
    },
    /** Mean reward of a completion; the stage ends when it is high. */
    REWARD {
        @Override
        double of(StepProgress step) {
            return step.rewardMean();
        }
    },
    /**
     * Share of completions that the token budget ended; the stage ends when it is high, so that longer ones may come.
     */
    TRUNCATED {
        @Override
        double of(StepProgress step) {
            return step.truncatedShare();
        }
    };

    /** The figure of one step. */
    abstract double of(StepProgress step);

    /** Whether the mean of some steps ends the stage. */
    boolean reached(double mean, double threshold) {
        return mean >= threshold;
    }
}
