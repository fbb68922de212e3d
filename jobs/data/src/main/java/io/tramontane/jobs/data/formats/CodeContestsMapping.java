package io.tramontane.jobs.data.formats;

import java.util.List;

/**
 * CodeContests: {@code description}, {@code name}, and three sets of tests as {@code {"input": […], "output": […]}}:
 * public, private and generated ones, taken in this order.
 */
final class CodeContestsMapping implements RowMapping {

    private static final List<String> TESTS = List.of("public_tests", "private_tests", "generated_tests");

    private final TestLimits limits;

    CodeContestsMapping(TestLimits limits) {
        this.limits = limits;
    }

    @Override
    public MappedRow map(RowFields row) {
        String text = row.text("description");
        if (!row.glance("input_file").isEmpty() || !row.glance("output_file").isEmpty()) {
            return new MappedRow.LeftOut("reads or writes a file");
        }
        TestCases tests = new TestCases(limits);
        for (String field : TESTS) {
            row.structure(field).ifPresent(set -> {
                if (set.isArray()) {
                    TestReader.pairs(set, field, row, tests, false);
                } else if (!set.isEmpty()) {
                    TestReader.sideBySide(set, field, row, tests);
                }
            });
        }
        return tests.problem(row.firstText("id", "name"), text);
    }
}
