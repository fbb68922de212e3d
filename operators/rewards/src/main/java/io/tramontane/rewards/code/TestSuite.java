package io.tramontane.rewards.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * The tests of a problem, which are its reference answer.
 *
 * <p>Written as JSON:
 *
 * <pre>{@code
 * {"tests": [{"stdin": "1 2\n", "stdout": "3\n"}, ...],
 *  "function": "add",                                     optional: tests then are {"input": [1, 2], "output": 3}
 *  "checker": {"language": "cpp", "source": "..."},       optional: decides instead of comparing, see below
 *  "tolerance": 1e-6, "time-limit": 2.5, "memory-limit": 256000000}    optional, seconds and bytes
 * }</pre>
 *
 * <p>{@code input} and {@code output} may stand for {@code stdin} and {@code stdout}; in a test of a function they may
 * be texts, with a JSON value for each argument on a line of its own. A checker is called with the names of three
 * files, the input, the program's output and the expected output; it exits with 0 to accept, 1 or 2 to reject, and what
 * it writes to standard error is the reason.
 *
 * @param tests at least one
 * @param function name of the function or method of {@code class Solution} that is called; empty for programs
 * @param checker decides whether an output is right; empty to compare it with the expected one
 * @param tolerance for numbers; empty for that of the settings
 * @param limits of the problem itself
 */
public record TestSuite(
        List<TestCase> tests,
        Optional<String> function,
        Optional<Submission> checker,
        Optional<Double> tolerance,
        Limits limits) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public TestSuite {
        tests = List.copyOf(tests);
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(checker, "checker");
        Objects.requireNonNull(tolerance, "tolerance");
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * Limits that a problem sets instead of those of the settings.
     *
     * @param processorTime CPU time for a test
     * @param memoryBytes memory for a test
     */
    public record Limits(Optional<Duration> processorTime, Optional<Long> memoryBytes) {}

    /**
     * Reads the reference of a problem.
     *
     * @throws TestSuiteException if it is not of the form above
     */
    public static TestSuite parse(String reference) throws TestSuiteException {
        try {
            return of(JSON.readTree(reference));
        } catch (JsonProcessingException e) {
            throw new TestSuiteException("the tests are not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Reads the tests that stand in an object among other things.
     *
     * @throws TestSuiteException if they are not of the form above
     */
    public static TestSuite of(JsonNode object) throws TestSuiteException {
        if (!(object.get("tests") instanceof ArrayNode array) || array.isEmpty()) {
            throw new TestSuiteException("'tests' must be a list of at least one test");
        }
        Optional<String> function =
                given(object, "function").map(JsonNode::asText).filter(name -> !name.isEmpty());
        List<TestCase> tests = new ArrayList<>(array.size());
        for (JsonNode test : array) {
            String where = "test " + (tests.size() + 1) + ": ";
            tests.add(function.isPresent() ? call(test, where) : text(test, where));
        }
        return new TestSuite(
                tests,
                function,
                checker(object),
                positive(object, "tolerance"),
                new Limits(
                        positive(object, "time-limit").map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000))),
                        positive(object, "memory-limit").map(Double::longValue)));
    }

    private static TestCase text(JsonNode test, String where) throws TestSuiteException {
        return new TestCase.Text(
                string(either(test, "stdin", "input", where), where + "the input"),
                string(either(test, "stdout", "output", where), where + "the output"));
    }

    private static TestCase call(JsonNode test, String where) throws TestSuiteException {
        JsonNode input = either(test, "input", "stdin", where);
        JsonNode output = either(test, "output", "stdout", where);
        if (input instanceof ArrayNode) {
            return new TestCase.Call(input, output);
        }
        ArrayNode arguments = JSON.createArrayNode();
        for (String line : string(input, where + "the input").lines().toList()) {
            if (!line.isBlank()) {
                arguments.add(json(line, where + "the input"));
            }
        }
        return new TestCase.Call(
                arguments, output.isTextual() ? json(output.textValue(), where + "the output") : output);
    }

    private static JsonNode json(String text, String what) throws TestSuiteException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new TestSuiteException(what + " is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Optional<Submission> checker(JsonNode object) throws TestSuiteException {
        Optional<JsonNode> given = given(object, "checker");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String label = string(given.get().path("language"), "the checker's language");
        CodeLanguage language = CodeLanguage.labelled(label)
                .orElseThrow(() -> new TestSuiteException("a checker cannot be in '" + label + "'"));
        return Optional.of(new Submission(language, string(given.get().path("source"), "the checker's source")));
    }

    private static JsonNode either(JsonNode test, String name, String other, String where) throws TestSuiteException {
        Optional<JsonNode> value = given(test, name).or(() -> given(test, other));
        if (value.isEmpty() && !test.has(name) && !test.has(other)) {
            throw new TestSuiteException(where + "there is no '" + name + "'");
        }
        return value.orElseGet(JSON::nullNode);
    }

    private static Optional<JsonNode> given(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    private static String string(JsonNode value, String what) throws TestSuiteException {
        if (!value.isTextual()) {
            throw new TestSuiteException(what + " must be a text");
        }
        return value.textValue();
    }

    private static Optional<Double> positive(JsonNode object, String name) throws TestSuiteException {
        Optional<JsonNode> given = given(object, name);
        if (given.isPresent() && !(given.get().isNumber() && given.get().doubleValue() > 0)) {
            throw new TestSuiteException("'" + name + "' must be a number above 0");
        }
        return given.map(JsonNode::doubleValue);
    }

    /**
     * The suite with some of its tests, in their order; the same ones for the same seed.
     *
     * @param seed the id of a group
     * @param most how many are drawn, if there are more
     */
    public TestSuite draw(String seed, int most) {
        if (tests.size() <= most) {
            return this;
        }
        List<Integer> indexes = new ArrayList<>(tests.size());
        for (int index = 0; index < tests.size(); index++) {
            indexes.add(index);
        }
        Collections.shuffle(indexes, new Random(number(seed)));
        List<TestCase> drawn =
                indexes.subList(0, most).stream().sorted().map(tests::get).toList();
        return new TestSuite(drawn, function, checker, tolerance, limits);
    }

    /** The suite in the form that {@link #parse} reads. */
    public String toJson() {
        ObjectNode object = JSON.createObjectNode();
        ArrayNode array = object.putArray("tests");
        for (TestCase test : tests) {
            if (test instanceof TestCase.Text text) {
                array.addObject().put("stdin", text.input()).put("stdout", text.output());
            } else if (test instanceof TestCase.Call call) {
                ObjectNode node = array.addObject();
                node.set("input", call.arguments());
                node.set("output", call.result());
            }
        }
        function.ifPresent(name -> object.put("function", name));
        checker.ifPresent(program -> object.putObject("checker")
                .put("language", program.language().label())
                .put("source", program.source()));
        tolerance.ifPresent(value -> object.put("tolerance", value));
        limits.processorTime().ifPresent(time -> object.put("time-limit", time.toMillis() / 1_000.0));
        limits.memoryBytes().ifPresent(bytes -> object.put("memory-limit", bytes));
        return object.toString();
    }

    private static long number(String seed) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
