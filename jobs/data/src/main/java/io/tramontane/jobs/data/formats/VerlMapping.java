package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.data.rows.RowJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What verl reads: {@code prompt} as a list of chat messages, the answer or the tests in
 * {@code reward_model.ground_truth}, and around them {@code data_source}, {@code ability} and {@code extra_info}.
 *
 * <p>The problem is the content of all messages, a blank line between them. Tests are recognised by what they are: an
 * object with inputs and outputs, or a list of pairs, as JSON.
 */
final class VerlMapping implements RowMapping {

    private static final String TRUTH = "reward_model.ground_truth";
    private static final Set<String> CODE_ABILITIES = Set.of("code", "coding");

    private final TestLimits limits;

    VerlMapping(TestLimits limits) {
        this.limits = limits;
    }

    @Override
    public MappedRow map(RowFields row) {
        if (row.count("images") > 0 || row.count("videos") > 0) {
            return new MappedRow.LeftOut("needs a picture");
        }
        Optional<String> id = row.firstText("id", "uuid").or(() -> textIndex(row));
        String prompt = prompt(row);
        JsonNode truth = opened(row.node(TRUTH));
        if (isTests(truth)) {
            return code(row, id, prompt, truth);
        }
        String ability = row.glance("ability").toLowerCase(Locale.ROOT);
        if (CODE_ABILITIES.contains(ability)) {
            row.fault(TRUTH, "must hold tests, since the ability is " + ability);
        }
        // Some collections wrap the one answer into a list.
        boolean single = truth.isArray() && truth.size() == 1 && truth.get(0).isTextual();
        String answer = single ? truth.get(0).textValue() : row.text(TRUTH);
        return MappedRow.Draft.math(id, prompt, answer.strip());
    }

    private MappedRow code(RowFields row, Optional<String> id, String prompt, JsonNode truth) {
        if (truth.has("functional")) {
            return new MappedRow.LeftOut("tests that are Python assertions");
        }
        TestCases tests = new TestCases(limits);
        if (truth.isArray()) {
            TestReader.pairs(truth, TRUTH, row, tests, true);
        } else {
            TestReader.sideBySide(truth, TRUTH, row, tests);
            tests.unwrapResults();
        }
        return tests.problem(id, prompt);
    }

    /** An index that is a number counts within a split and names nothing. */
    private static Optional<String> textIndex(RowFields row) {
        return Optional.of(row.glance("extra_info.index")).filter(index -> !index.isEmpty());
    }

    private static String prompt(RowFields row) {
        JsonNode prompt = row.node("prompt");
        if (!prompt.isArray()) {
            return row.text("prompt");
        }
        StringJoiner text = new StringJoiner("\n\n");
        for (JsonNode message : prompt) {
            JsonNode content = message.path("content");
            if (!content.isTextual()) {
                row.fault("prompt", "has a message whose 'content' is no text");
                return "";
            }
            text.add(content.textValue().strip());
        }
        if (text.toString().isBlank()) {
            row.fault("prompt", "is empty");
        }
        return text.toString();
    }

    private static boolean isTests(JsonNode truth) {
        return truth.isObject() || (truth.isArray() && truth.path(0).isObject());
    }

    /** The object or list that a text holds; anything else as it is, since an answer may look like a list. */
    private static JsonNode opened(JsonNode truth) {
        if (!truth.isTextual()
                || !(truth.textValue().startsWith("{") || truth.textValue().startsWith("["))) {
            return truth;
        }
        try {
            return RowJson.mapper().readTree(truth.textValue());
        } catch (JsonProcessingException e) {
            return truth;
        }
    }
}
