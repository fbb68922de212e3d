package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * SYNTHETIC-1 and the verifiable coding problems of PrimeIntellect and open-r1: {@code prompt}, {@code problem_id},
 * {@code task_type}, and in {@code verification_info} either {@code ground_truth} or {@code test_cases}.
 *
 * <p>Left out are tasks of other types, which a model has to judge.
 */
final class SyntheticMapping implements RowMapping {

    private static final String INFO = "verification_info";

    private final TestLimits limits;

    SyntheticMapping(TestLimits limits) {
        this.limits = limits;
    }

    @Override
    public MappedRow map(RowFields row) {
        Optional<String> id = row.firstText("problem_id", "id");
        String prompt = row.text("prompt");
        String type = row.glance("task_type");
        Optional<JsonNode> structure = row.require(INFO) ? row.structure(INFO) : Optional.empty();
        if (structure.isEmpty()) {
            return new MappedRow.LeftOut("nothing to verify with");
        }
        JsonNode info = structure.get();
        if (info.has("test_cases")) {
            TestCases tests = new TestCases(limits);
            TestReader.pairs(info.get("test_cases"), INFO + ".test_cases", row, tests, false);
            tests.unwrapResults();
            return tests.problem(id, prompt);
        }
        if (!type.isEmpty() && !type.endsWith("math")) {
            return new MappedRow.LeftOut("task type " + type);
        }
        JsonNode truth = info.path("ground_truth");
        if (!truth.isTextual() && !truth.isNumber()) {
            row.fault(INFO, "has neither 'ground_truth' nor 'test_cases'");
        }
        return MappedRow.Draft.math(id, prompt, RowFields.textOf(truth).strip());
    }
}
