package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.rows.RowJson;
import java.util.Optional;

/**
 * Collects the tests of a code problem within the limits, in the order in which they are added, and writes them as the
 * reference that the code verifier reads.
 *
 * <p>Not thread-safe.
 */
final class TestCases {

    /** What is around the tests in the JSON text: braces, the field's name, the function's. */
    private static final int FRAME_CHARACTERS = 100;

    private final TestLimits limits;
    private final ArrayNode tests = RowJson.mapper().createArrayNode();
    private String function = "";
    private int characters = FRAME_CHARACTERS;
    private boolean anyTooLong;

    TestCases(TestLimits limits) {
        this.limits = limits;
    }

    /** The tests are calls of this function; without it they are runs of a program. */
    void function(String name) {
        function = name;
        characters += name.length();
    }

    boolean isFunction() {
        return !function.isEmpty();
    }

    /** A run: what the program is given, and what it must print. */
    void run(String input, String output) {
        ObjectNode test = RowJson.mapper().createObjectNode();
        add(test.put("stdin", input).put("stdout", output));
    }

    /** A call: the arguments, and what must come back. */
    void call(ArrayNode arguments, JsonNode result) {
        ObjectNode test = RowJson.mapper().createObjectNode();
        test.set("input", arguments);
        test.set("output", result);
        add(test);
    }

    /**
     * Collections that descend from APPS put every result of a function into a list of one; a real result is a list of
     * one in all tests only by a rare accident.
     */
    void unwrapResults() {
        for (JsonNode test : tests) {
            JsonNode result = test.path("output");
            if (!result.isArray() || result.size() != 1) {
                return;
            }
        }
        for (JsonNode test : tests) {
            ((ObjectNode) test).set("output", test.get("output").get(0));
        }
    }

    private void add(ObjectNode test) {
        if (tests.size() >= limits.maximumTests()) {
            return;
        }
        int added = test.toString().length() + 1;
        if (characters + added > limits.maximumCharacters()) {
            anyTooLong = true;
            return;
        }
        tests.add(test);
        characters += added;
    }

    /** The problem with these tests; left out when there are none. */
    MappedRow problem(Optional<String> id, String text) {
        if (tests.isEmpty()) {
            return new MappedRow.LeftOut(
                    anyTooLong ? "code without a test that is short enough" : "code without tests");
        }
        ObjectNode reference = RowJson.mapper().createObjectNode();
        reference.set("tests", tests);
        if (isFunction()) {
            reference.put("function", function);
        }
        return MappedRow.Draft.code(id, text, reference.toString());
    }
}
