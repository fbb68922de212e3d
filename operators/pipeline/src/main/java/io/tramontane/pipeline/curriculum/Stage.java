package io.tramontane.pipeline.curriculum;

import java.io.Serializable;
import java.util.Objects;

/**
 * One stage of a curriculum.
 *
 * @param maximumNewTokens token budget of a completion
 * @param lengthMaximum l_max of the length penalty, tokens
 * @param lengthCache l_cache of the length penalty, tokens
 * @param completionsPerBatch completions of a step
 * @param maximumGroupsInFlight credits: groups that may be unfinished at a time
 * @param minimumPassRate problems that were solved less often are not posed
 * @param maximumPassRate problems that were solved more often are not posed
 * @param end when the next stage begins
 */
public record Stage(
        int maximumNewTokens,
        int lengthMaximum,
        int lengthCache,
        int completionsPerBatch,
        int maximumGroupsInFlight,
        double minimumPassRate,
        double maximumPassRate,
        StageEnd end)
        implements Serializable {

    public Stage {
        Objects.requireNonNull(end, "end");
    }

    /** Whether every problem is posed, also those whose pass rate nobody knows. */
    public boolean allProblems() {
        return minimumPassRate <= 0 && maximumPassRate >= 1;
    }

    /** @param passRate of a problem, {@code NaN} when nobody knows */
    public boolean poses(double passRate) {
        return allProblems() || passRate >= minimumPassRate && passRate <= maximumPassRate;
    }
}
