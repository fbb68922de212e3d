package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * APPS and TACO: {@code question}, {@code starter_code}, and the tests in {@code input_output}, a JSON text with
 * {@code inputs}, {@code outputs} and, for a function, {@code fn_name}.
 */
final class AppsMapping implements RowMapping {

    private static final String TESTS = "input_output";

    private final TestLimits limits;

    AppsMapping(TestLimits limits) {
        this.limits = limits;
    }

    @Override
    public MappedRow map(RowFields row) {
        Optional<String> id = row.firstText("problem_id", "id");
        String text = StarterCode.append(
                row.text("question"), row.filledText("starter_code").orElse(""));
        TestCases tests = new TestCases(limits);
        Optional<JsonNode> structure = row.structure(TESTS).filter(node -> !node.isEmpty());
        if (structure.isPresent()) {
            TestReader.sideBySide(structure.get(), TESTS, row, tests);
            tests.unwrapResults();
        }
        return tests.problem(id, text);
    }
}
