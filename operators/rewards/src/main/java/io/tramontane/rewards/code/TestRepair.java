package io.tramontane.rewards.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Repairs the tests of a problem by what several solutions that are taken to be correct write on them (Magistral §4.2):
 * a test on which they disagree is dropped, and one on which they agree, but none of them writes what it expects, gets
 * the output that they agree on.
 *
 * <p>Where most agree on another output than the expected one and some write the expected one, the test is dropped as
 * well: the input then has two answers, each with its defenders. Immutable.
 */
public final class TestRepair {

    /** What became of a test. */
    public enum TestEnding {
        /** The solutions agree on what it expects. */
        KEPT,
        /** They agree on something else, which it expects from now on. */
        OVERWRITTEN,
        /** They do not agree. */
        DROPPED
    }

    /**
     * A repaired suite.
     *
     * @param suite with the tests that are left; empty when there are none
     * @param votes on all tests, in their order; empty when the suite was not judged, and so kept as it is
     */
    public record Repaired(Optional<TestSuite> suite, List<Vote> votes) {
        public Repaired {
            votes = List.copyOf(votes);
        }

        /** What became of each test, in their order; empty when the suite was not judged. */
        public List<TestEnding> fates() {
            return votes.stream().map(Vote::fate).toList();
        }
    }

    /**
     * What the solutions said of a test.
     *
     * @param fate what became of it
     * @param solutions how many there are
     * @param agreeing how many of them write what most do
     * @param asExpected how many write what the test expects
     */
    public record Vote(TestEnding fate, int solutions, int agreeing, int asExpected) {

        /** In words, for a person. */
        public String reason() {
            String of = " of " + solutions + " solutions write ";
            return switch (fate) {
                case KEPT -> asExpected + of + "what is expected";
                case OVERWRITTEN -> agreeing + of + "the same, and none what was expected";
                case DROPPED ->
                    agreeing == 0
                            ? "none" + of + "anything"
                            : agreeing + of + "the same"
                                    + (asExpected == 0 || asExpected == agreeing
                                            ? ", too few"
                                            : ", and " + asExpected + " what is expected");
            };
        }
    }

    private final double agreement;
    private final int minimumSolutions;
    private final double tolerance;

    /**
     * @param agreement least share of the solutions that must write the same, more than one half so that there is but
     *     one such output
     * @param minimumSolutions fewer of them prove nothing, and all tests are kept
     * @param tolerance for numbers where a suite has none of its own, as {@link CodeSettings#tolerance()}
     */
    public TestRepair(double agreement, int minimumSolutions, double tolerance) {
        if (!(agreement > 0.5 && agreement <= 1) || minimumSolutions < 1) {
            throw new IllegalArgumentException(
                    "agreement of " + agreement + " among at least " + minimumSolutions + " solutions");
        }
        this.agreement = agreement;
        this.minimumSolutions = minimumSolutions;
        this.tolerance = tolerance;
    }

    /**
     * Repairs a suite. One with a checker is left as it is: its tests have many right outputs.
     *
     * @param outputs for each solution and each test what the program wrote, or the value that the function returned as
     *     JSON; empty when it crashed or took too long, which counts against agreement
     * @throws IllegalArgumentException when a solution does not have an output, or the lack of one, for each test
     */
    public Repaired repair(TestSuite suite, List<List<Optional<String>>> outputs) {
        for (List<Optional<String>> solution : outputs) {
            if (solution.size() != suite.tests().size()) {
                throw new IllegalArgumentException(solution.size() + " outputs of a solution for "
                        + suite.tests().size() + " tests");
            }
        }
        if (suite.checker().isPresent() || outputs.size() < minimumSolutions) {
            return new Repaired(Optional.of(suite), List.of());
        }
        OutputComparison comparison = new OutputComparison(suite.tolerance().orElse(tolerance));
        List<TestCase> left = new ArrayList<>();
        List<Vote> votes = new ArrayList<>();
        for (int index = 0; index < suite.tests().size(); index++) {
            int at = index;
            TestCase test = suite.tests().get(index);
            List<TestCase> written = outputs.stream()
                    .flatMap(solution -> solution.get(at).stream())
                    .flatMap(output -> expecting(test, output).stream())
                    .toList();
            Vote vote = vote(test, written, outputs.size(), comparison);
            votes.add(vote);
            if (vote.fate() != TestEnding.DROPPED) {
                left.add(vote.fate() == TestEnding.KEPT ? test : mostFrequent(written, comparison));
            }
        }
        Optional<TestSuite> repaired = left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TestSuite(left, suite.function(), suite.checker(), suite.tolerance(), suite.limits()));
        return new Repaired(repaired, votes);
    }

    private Vote vote(TestCase test, List<TestCase> written, int solutions, OutputComparison comparison) {
        if (written.isEmpty()) {
            return new Vote(TestEnding.DROPPED, solutions, 0, 0);
        }
        TestCase majority = mostFrequent(written, comparison);
        int agreeing = count(majority, written, comparison);
        int asExpected = count(test, written, comparison);
        TestEnding fate = agreeing < agreement * solutions
                ? TestEnding.DROPPED
                : same(test, majority, comparison)
                        ? TestEnding.KEPT
                        : asExpected == 0 ? TestEnding.OVERWRITTEN : TestEnding.DROPPED;
        return new Vote(fate, solutions, agreeing, asExpected);
    }

    /** The first of those that most are the same as. */
    private static TestCase mostFrequent(List<TestCase> written, OutputComparison comparison) {
        TestCase best = written.get(0);
        int most = 0;
        for (TestCase candidate : written) {
            int count = count(candidate, written, comparison);
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static int count(TestCase expected, List<TestCase> written, OutputComparison comparison) {
        return (int)
                written.stream().filter(one -> same(expected, one, comparison)).count();
    }

    private static boolean same(TestCase expected, TestCase written, OutputComparison comparison) {
        if (expected instanceof TestCase.Text text) {
            return comparison
                    .difference(text.output(), ((TestCase.Text) written).output())
                    .isEmpty();
        }
        return comparison
                .difference(((TestCase.Call) expected).result(), ((TestCase.Call) written).result())
                .isEmpty();
    }

    /** The test with what a solution wrote as its expected output; empty when a function's value is no JSON. */
    private static Optional<TestCase> expecting(TestCase test, String output) {
        if (test instanceof TestCase.Text text) {
            return Optional.of(new TestCase.Text(text.input(), output));
        }
        try {
            JsonNode result = TestSuite.JSON.readTree(output);
            return result.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(new TestCase.Call(((TestCase.Call) test).arguments(), result));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
