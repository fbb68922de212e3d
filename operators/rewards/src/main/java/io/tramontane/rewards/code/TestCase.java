package io.tramontane.rewards.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/** One test of a problem. */
public sealed interface TestCase {

    /**
     * A program reads and writes text.
     *
     * @param input its standard input
     * @param output what it should write to standard output
     */
    record Text(String input, String output) implements TestCase {
        public Text {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(output, "output");
        }
    }

    /**
     * A function is called.
     *
     * @param arguments a JSON array
     * @param result what it should return
     */
    record Call(JsonNode arguments, JsonNode result) implements TestCase {
        public Call {
            Objects.requireNonNull(arguments, "arguments");
            Objects.requireNonNull(result, "result");
        }
    }
}
