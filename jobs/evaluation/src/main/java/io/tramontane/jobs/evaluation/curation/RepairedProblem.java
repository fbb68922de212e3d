package io.tramontane.jobs.evaluation.curation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.rows.RowJson;
import io.tramontane.rewards.code.TestCase;
import io.tramontane.rewards.code.TestRepair;
import io.tramontane.rewards.code.TestRepair.TestEnding;
import io.tramontane.rewards.code.TestRepair.Vote;
import io.tramontane.rewards.code.TestSuite;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of the tests of a problem.
 *
 * @param problem as its file has it
 * @param suite its tests; empty when it is no problem of code
 * @param repaired empty when its tests were not judged: too few programs could be run, a checker decides, or it is no
 *     problem of code
 */
public record RepairedProblem(Problem problem, Optional<TestSuite> suite, Optional<TestRepair.Repaired> repaired) {

    /** Whether a test is left, so that the problem stays in the dataset. */
    public boolean kept() {
        return repaired.isEmpty() || repaired.get().suite().isPresent();
    }

    /** Whether a test was overwritten or dropped. */
    public boolean changed() {
        return votes().stream().anyMatch(vote -> vote.fate() != TestEnding.KEPT);
    }

    /** How many tests had this fate. */
    public long count(TestEnding fate) {
        return votes().stream().filter(vote -> vote.fate() == fate).count();
    }

    private List<Vote> votes() {
        return repaired.map(TestRepair.Repaired::votes).orElse(List.of());
    }

    /** The problem with the tests that are left, as a line of a dataset. */
    String row() {
        String reference =
                changed() ? repaired.orElseThrow().suite().orElseThrow().toJson() : problem.reference();
        return CuratedRow.of(
                new Problem(
                        problem.id(),
                        problem.language(),
                        problem.text(),
                        reference,
                        problem.verifier(),
                        problem.extra()),
                row -> {});
    }

    /** What was changed and why, as a line of JSON. */
    String changes() {
        ObjectNode line = RowJson.mapper().createObjectNode();
        line.put("id", problem.id());
        line.put("dropped", !kept());
        ArrayNode tests = line.putArray("tests");
        int left = 0;
        for (int index = 0; index < votes().size(); index++) {
            Vote vote = votes().get(index);
            if (vote.fate() != TestEnding.KEPT) {
                ObjectNode test = tests.addObject();
                test.put("test", index + 1);
                test.put("fate", vote.fate().name().toLowerCase(Locale.ROOT));
                test.put("reason", vote.reason());
                test.put("expected", expected(suite.orElseThrow().tests().get(index)));
                if (vote.fate() == TestEnding.OVERWRITTEN) {
                    test.put(
                            "instead",
                            expected(repaired.orElseThrow()
                                    .suite()
                                    .orElseThrow()
                                    .tests()
                                    .get(left)));
                }
            }
            left += vote.fate() == TestEnding.DROPPED ? 0 : 1;
        }
        return line.toString();
    }

    private static String expected(TestCase test) {
        return test instanceof TestCase.Text text
                ? text.output()
                : ((TestCase.Call) test).result().toString();
    }
}
