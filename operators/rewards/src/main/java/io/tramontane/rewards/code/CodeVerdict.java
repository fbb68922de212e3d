package io.tramontane.rewards.code;

import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * What the tests say of a program.
 *
 * @param verdict CORRECT if all tests passed, otherwise that of the first that failed, or of the compilation
 * @param reason why, in words for a person
 * @param tests one result for each test that was run, in their order; empty when it did not come to that
 */
public record CodeVerdict(Verdict verdict, String reason, List<TestResult> tests) {

    public CodeVerdict {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        tests = List.copyOf(tests);
    }

    /** A verdict before any test was run. */
    static CodeVerdict of(Verdict verdict, String reason) {
        return new CodeVerdict(verdict, reason, List.of());
    }

    /** The verdict that follows from the results of the tests of a problem, some of which may have been left out. */
    static CodeVerdict of(List<TestResult> results, int tests) {
        for (int index = 0; index < results.size(); index++) {
            TestResult result = results.get(index);
            if (!result.correct()) {
                return new CodeVerdict(
                        result.verdict(), "test " + (index + 1) + " of " + tests + ": " + result.reason(), results);
            }
        }
        return new CodeVerdict(
                Verdict.CORRECT, "passed " + (tests == 1 ? "1 test" : "all " + tests + " tests"), results);
    }
}
