package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tramontane.rewards.code.TestRepair.Repaired;
import io.tramontane.rewards.code.TestRepair.TestEnding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestRepairTest {

    private static final TestRepair REPAIR = new TestRepair(0.75, 3, 0);

    @Test
    void testsAreKeptOverwrittenOrDroppedByWhatSolutionsWrite() throws TestSuiteException {
        TestSuite suite = suite("""
                {"tests": [{"stdin": "a", "stdout": "1\\n"}, {"stdin": "b", "stdout": "2\\n"},
                           {"stdin": "c", "stdout": "3\\n"}, {"stdin": "d", "stdout": "4\\n"}]}
                """);

        // Of the second test all say 5, of the third two and two, of the fourth three say 6 and one what is expected.
        Repaired repaired = REPAIR.repair(
                suite,
                List.of(
                        wrote("1", "5", "3", "6"),
                        wrote("1\n", "5\n", "3", "6"),
                        wrote("1 \n", "5", "8", "4"),
                        wrote("9", "5", "8", "6")));

        assertThat(repaired.fates())
                .containsExactly(TestEnding.KEPT, TestEnding.OVERWRITTEN, TestEnding.DROPPED, TestEnding.DROPPED);
        assertThat(repaired.suite().orElseThrow().tests())
                .containsExactly(new TestCase.Text("a", "1\n"), new TestCase.Text("b", "5"));
    }

    @Test
    void whatSolutionsSaidOfATestIsTheReason() throws TestSuiteException {
        TestSuite suite = suite("""
                {"tests": [{"stdin": "a", "stdout": "1"}, {"stdin": "b", "stdout": "2"}, {"stdin": "c", "stdout": "3"},
                           {"stdin": "d", "stdout": "4"}, {"stdin": "e", "stdout": "5"}]}
                """);

        Repaired repaired = REPAIR.repair(
                suite,
                List.of(
                        wrote("1", "5", "8", "6", null),
                        wrote("1", "5", "8", "6", null),
                        wrote("1", "5", "9", "6", null),
                        wrote(null, "5", "9", "4", null)));

        assertThat(repaired.votes())
                .extracting(TestRepair.Vote::reason)
                .containsExactly(
                        "3 of 4 solutions write what is expected",
                        "4 of 4 solutions write the same, and none what was expected",
                        "2 of 4 solutions write the same, too few",
                        "3 of 4 solutions write the same, and 1 what is expected",
                        "none of 4 solutions write anything");
    }

    @Test
    void solutionsWithoutAnOutputCountAgainstAgreement() throws TestSuiteException {
        TestSuite suite = suite("{\"tests\": [{\"stdin\": \"a\", \"stdout\": \"1\"}]}");

        assertThat(REPAIR.repair(suite, List.of(wrote("1"), wrote("1"), wrote("1"), wrote((String) null)))
                        .fates())
                .containsExactly(TestEnding.KEPT);
        Repaired none =
                REPAIR.repair(suite, List.of(wrote("1"), wrote("1"), wrote((String) null), wrote((String) null)));
        assertThat(none.fates()).containsExactly(TestEnding.DROPPED);
        assertThat(none.suite()).isEmpty();
        assertThat(REPAIR.repair(suite, List.of(wrote((String) null), wrote((String) null), wrote((String) null)))
                        .fates())
                .containsExactly(TestEnding.DROPPED);
    }

    @Test
    void valuesOfFunctionsAreComparedAsJson() throws TestSuiteException {
        TestSuite suite = suite("""
                {"tests": [{"input": [1], "output": [1, 2]}, {"input": [2], "output": "x"}, {"input": [3], "output": 1}],
                 "function": "f", "tolerance": 1e-3}
                """);

        Repaired repaired = REPAIR.repair(
                suite,
                List.of(
                        wrote("[1,2]", "null", "1.0001"),
                        wrote("[ 1, 2.0 ]", "null", "1"),
                        wrote("[1, 2]", "null", "no value")));

        assertThat(repaired.fates()).containsExactly(TestEnding.KEPT, TestEnding.OVERWRITTEN, TestEnding.DROPPED);
        TestCase.Call overwritten =
                (TestCase.Call) repaired.suite().orElseThrow().tests().get(1);
        assertThat(overwritten.arguments()).hasToString("[2]");
        assertThat(overwritten.result().isNull()).isTrue();
        assertThat(repaired.suite().orElseThrow().function()).contains("f");
        assertThat(repaired.suite().orElseThrow().tolerance()).contains(1e-3);
    }

    @Test
    void fewSolutionsAndSeveralRightOutputsChangeNothing() throws TestSuiteException {
        TestSuite suite = suite("{\"tests\": [{\"stdin\": \"a\", \"stdout\": \"1\"}]}");
        TestSuite checked = suite("{\"tests\": [{\"stdin\": \"a\", \"stdout\": \"1\"}],"
                + " \"checker\": {\"language\": \"python\", \"source\": \"\"}}");

        assertThat(REPAIR.repair(suite, List.of(wrote("2"), wrote("2"))).suite())
                .contains(suite);
        assertThat(REPAIR.repair(checked, List.of(wrote("2"), wrote("2"), wrote("2")))
                        .suite())
                .contains(checked);
    }

    @Test
    void whatCannotBeMeantIsRefused() throws TestSuiteException {
        TestSuite suite = suite("{\"tests\": [{\"stdin\": \"a\", \"stdout\": \"1\"}]}");

        assertThatIllegalArgumentException().isThrownBy(() -> new TestRepair(0.5, 3, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REPAIR.repair(suite, List.of(wrote("1", "2"))))
                .withMessage("2 outputs of a solution for 1 tests");
    }

    private static TestSuite suite(String json) throws TestSuiteException {
        return TestSuite.parse(json);
    }

    private static List<Optional<String>> wrote(String... outputs) {
        return Arrays.stream(outputs).map(Optional::ofNullable).toList();
    }
}
