package io.tramontane.rewards.code;

import io.tramontane.schemas.Verdict;
import java.util.Objects;

/**
 * How a program did on one test.
 *
 * @param verdict of this test
 * @param reason what happened, in words for a person; empty when it is correct
 * @param processorMillis CPU time
 * @param memoryBytes largest resident set
 */
public record TestResult(Verdict verdict, String reason, long processorMillis, long memoryBytes) {

    public TestResult {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
    }

    boolean correct() {
        return verdict == Verdict.CORRECT;
    }
}
