package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tramontane.jobs.data.rows.RowJson;
import java.util.StringJoiner;

/** The two ways in which data sets write tests: lists of inputs and of outputs side by side, or a list of pairs. */
final class TestReader {

    private TestReader() {}

    /**
     * {@code {"inputs": […], "outputs": […], "fn_name": "…"?}}, also with the names {@code input} and {@code output}.
     * An input or output of a run is a text or a list of lines; those of a call are the list of arguments and the
     * result.
     *
     * @param field the name for messages
     */
    static void sideBySide(JsonNode structure, String field, RowFields row, TestCases tests) {
        JsonNode inputs = structure.path(structure.has("inputs") ? "inputs" : "input");
        JsonNode outputs = structure.path(structure.has("outputs") ? "outputs" : "output");
        if (!inputs.isArray() || !outputs.isArray()) {
            row.fault(field, "must have 'inputs' and 'outputs', both lists");
            return;
        }
        if (inputs.size() != outputs.size()) {
            row.fault(field, "has " + inputs.size() + " inputs and " + outputs.size() + " outputs");
            return;
        }
        String function = structure.path("fn_name").asText("");
        if (!function.isEmpty() && !tests.isFunction()) {
            tests.function(function);
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (tests.isFunction()) {
                call(inputs.get(i), outputs.get(i), false, tests);
            } else {
                run(inputs.get(i), outputs.get(i), field, row, tests);
            }
        }
    }

    /**
     * {@code [{"input": …, "output": …, "fn_name": …?}]}: runs, or calls when the tests have a function. The function's
     * name may stand in each pair ({@code fn_name} or {@code metadata.func_name}).
     *
     * @param argumentLines whether a text of arguments has one JSON value a line; else it is one JSON text
     */
    static void pairs(JsonNode list, String field, RowFields row, TestCases tests, boolean argumentLines) {
        if (!list.isArray()) {
            row.fault(field, "must be a list of tests");
            return;
        }
        for (JsonNode pair : list) {
            if (!pair.has("input") || !pair.has("output")) {
                row.fault(field, "has a test without 'input' or 'output'");
                return;
            }
            String function = pair.path("fn_name")
                    .asText(pair.path("metadata").path("func_name").asText(""));
            if (!function.isEmpty() && !function.equals("null") && !tests.isFunction()) {
                tests.function(function);
            }
            if (tests.isFunction()) {
                call(pair.get("input"), pair.get("output"), argumentLines, tests);
            } else {
                run(pair.get("input"), pair.get("output"), field, row, tests);
            }
        }
    }

    private static void run(JsonNode input, JsonNode output, String field, RowFields row, TestCases tests) {
        if (input.isObject() || output.isObject()) {
            row.fault(field, "has a test whose input or output is no text");
            return;
        }
        tests.run(stream(input), stream(output));
    }

    /** What goes through a stream: a text, or a list of its lines. */
    private static String stream(JsonNode node) {
        if (!node.isArray()) {
            return node.isNull() ? "" : RowFields.textOf(node);
        }
        StringJoiner lines = new StringJoiner("\n");
        node.forEach(line -> lines.add(line.isContainerNode() ? line.toString() : RowFields.textOf(line)));
        return lines.toString();
    }

    /** A list of arguments is what it is, and so is the result beside it; a text of arguments is JSON, and so on. */
    private static void call(JsonNode input, JsonNode output, boolean argumentLines, TestCases tests) {
        if (input instanceof ArrayNode arguments) {
            tests.call(arguments, output);
        } else if (argumentLines && input.isTextual()) {
            tests.call(argumentLines(input.textValue()), value(output));
        } else {
            JsonNode value = value(input);
            tests.call(
                    value instanceof ArrayNode arguments
                            ? arguments
                            : RowJson.mapper().createArrayNode().add(value),
                    value(output));
        }
    }

    private static ArrayNode argumentLines(String input) {
        ArrayNode arguments = RowJson.mapper().createArrayNode();
        input.lines().filter(line -> !line.isBlank()).map(TestReader::json).forEach(arguments::add);
        return arguments;
    }

    private static JsonNode value(JsonNode node) {
        return node.isTextual() ? json(node.textValue()) : node;
    }

    /** The JSON value that a text is; the text itself when it is none. */
    private static JsonNode json(String text) {
        try {
            return RowJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return RowJson.mapper().getNodeFactory().textNode(text);
        }
    }
}
