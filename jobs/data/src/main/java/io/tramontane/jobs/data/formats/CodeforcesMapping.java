package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The open-r1 collection of Codeforces: a problem in parts ({@code title}, {@code description}, {@code input_format},
 * {@code output_format}, {@code examples}, {@code note}), with {@code official_tests}, or else its examples, as tests.
 *
 * <p>Left out are interactive problems, those that read files, and those with several right outputs.
 */
final class CodeforcesMapping implements RowMapping {

    private static final String TESTS = "official_tests";
    private static final String EXAMPLES = "examples";

    private final TestLimits limits;

    CodeforcesMapping(TestLimits limits) {
        this.limits = limits;
    }

    @Override
    public MappedRow map(RowFields row) {
        Optional<String> id = row.firstText("id");
        String text = text(row);
        if (!row.glance("interaction_format").isEmpty()) {
            return new MappedRow.LeftOut("an interactive problem");
        }
        if (row.glance("input_mode").equals("file")) {
            return new MappedRow.LeftOut("reads a file");
        }
        if (!row.glance("generated_checker").isEmpty()) {
            return new MappedRow.LeftOut("several right outputs, which need a checker of its own");
        }
        TestCases tests = new TestCases(limits);
        String field = row.node(TESTS).isEmpty() ? EXAMPLES : TESTS;
        row.structure(field).ifPresent(list -> TestReader.pairs(list, field, row, tests, false));
        return tests.problem(id, text);
    }

    private static String text(RowFields row) {
        StringBuilder text = new StringBuilder();
        row.filledText("title")
                .ifPresent(title -> text.append("# ").append(title).append("\n\n"));
        text.append(row.text("description"));
        row.filledText("input_format").ifPresent(format -> section(text, "Input", format));
        row.filledText("output_format").ifPresent(format -> section(text, "Output", format));
        for (JsonNode example : row.node(EXAMPLES)) {
            section(text, "Example", fenced(example.path("input")) + "\n" + fenced(example.path("output")));
        }
        row.filledText("note").ifPresent(note -> section(text, "Note", note));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String content) {
        text.append("\n\n## ").append(title).append('\n').append(content.strip());
    }

    private static String fenced(JsonNode content) {
        return "```\n" + content.asText("").stripTrailing() + "\n```";
    }
}
