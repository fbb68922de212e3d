package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * LiveCodeBench: {@code question_content}, {@code starter_code}, {@code public_test_cases} as JSON text, more of them
 * in {@code private_test_cases}, as JSON text or packed ({@link PackedTests}), and for a function its name in
 * {@code metadata.func_name}. A function's input has an argument a line.
 */
final class LiveCodeBenchMapping implements RowMapping {

    private static final String PUBLIC_TESTS = "public_test_cases";
    private static final String PRIVATE_TESTS = "private_test_cases";

    private final TestLimits limits;

    LiveCodeBenchMapping(TestLimits limits) {
        this.limits = limits;
    }

    @Override
    public MappedRow map(RowFields row) {
        Optional<String> id = row.firstText("question_id", "id");
        String text = StarterCode.append(
                row.text("question_content"), row.filledText("starter_code").orElse(""));
        TestCases tests = new TestCases(limits);
        row.structure("metadata")
                .map(metadata -> metadata.path("func_name").asText(""))
                .filter(name -> !name.isEmpty())
                .ifPresent(tests::function);
        row.structure(PUBLIC_TESTS).ifPresent(list -> add(list, PUBLIC_TESTS, row, tests));
        privateTests(row).ifPresent(list -> add(list, PRIVATE_TESTS, row, tests));
        return tests.problem(id, text);
    }

    private static Optional<JsonNode> privateTests(RowFields row) {
        JsonNode stored = row.node(PRIVATE_TESTS);
        if (!stored.isTextual()
                || stored.textValue().isBlank()
                || stored.textValue().startsWith("[")) {
            return row.structure(PRIVATE_TESTS);
        }
        try {
            return Optional.of(PackedTests.open(stored.textValue()));
        } catch (IllegalArgumentException e) {
            row.fault(PRIVATE_TESTS, e.getMessage());
            return Optional.empty();
        }
    }

    private static void add(JsonNode list, String field, RowFields row, TestCases tests) {
        for (JsonNode test : list) {
            if (test.path("testtype").asText("").equals("functional") && !tests.isFunction()) {
                row.fault(field, "has functional tests, but 'metadata' has no func_name");
                return;
            }
        }
        TestReader.pairs(list, field, row, tests, true);
    }
}
