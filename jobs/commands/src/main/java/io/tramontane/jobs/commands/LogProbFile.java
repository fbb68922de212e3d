package io.tramontane.jobs.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.training.TokenSequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * JSON Lines with tokens, of which each gives a line with their log-probabilities, in the same order. Lines that follow
 * each other share a micro-batch as long as it is small enough, so that no more than one is in memory. A line that is
 * wrong is named and left out; blank lines are skipped.
 *
 * <p>Used by one thread, once.
 */
final class LogProbFile {

    private final Path input;
    private final PolicyConfig config;
    private final int maximumTokens;
    private final Function<List<TokenSequence>, List<float[]>> policy;
    private final Consumer<String> problems;

    private final List<Line> microBatch = new ArrayList<>();
    private int longest;
    private long written;
    private long tokens;
    private long wrong;

    /** @param where for messages */
    private record Line(String where, JsonNode id, int[] tokens) {}

    /**
     * @param config of the policy
     * @param maximumTokens bound of a micro-batch, tokens with padding; a longer sequence gets one of its own
     * @param policy gives log-probabilities of completions, one array for each sequence
     * @param problems takes a line for each line that is wrong
     */
    LogProbFile(
            Path input,
            PolicyConfig config,
            int maximumTokens,
            Function<List<TokenSequence>, List<float[]>> policy,
            Consumer<String> problems) {
        this.input = input;
        this.config = config;
        this.maximumTokens = maximumTokens;
        this.policy = policy;
        this.problems = problems;
    }

    /**
     * Refuses files that cannot be read or written, before a policy is loaded for them.
     *
     * @param output null where lines are printed
     * @throws DatasetException when there is no such input
     * @throws IOException when the output is a folder or the input
     */
    static void check(Path input, Path output) throws IOException {
        if (!Files.isRegularFile(input)) {
            throw new DatasetException("there is no file " + input + " with tokens");
        }
        if (output != null) {
            AtomicFile.check(output, input, "log-probabilities");
        }
    }

    /** Writes into a file, which appears only when all lines are done. */
    void writeTo(Path output) throws IOException {
        AtomicFile.writeAll(output, writer -> {
            writeTo(writer);
            return wrong;
        });
    }

    /** Writes each micro-batch when it is computed. */
    void writeTo(Writer output) throws IOException {
        // A line is decoded by itself, so that one that is not UTF-8 does not hide those after it.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(input), StandardCharsets.ISO_8859_1))) {
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank()) {
                    add(text, input + ", line " + number, output);
                }
            }
        }
        flush(output);
    }

    /** Lines that were left out. */
    long wrong() {
        return wrong;
    }

    /** What was done, for people. */
    String summary() {
        return String.format(Locale.ROOT, "%,d lines with %,d tokens, %,d lines left out", written, tokens, wrong);
    }

    private void add(String text, String where, Writer output) throws IOException {
        Line line;
        try {
            line = parse(text, where);
        } catch (DatasetException e) {
            refuse(e.getMessage());
            return;
        }
        int length = Math.max(longest, line.tokens().length);
        if (!microBatch.isEmpty() && (long) length * (microBatch.size() + 1) > maximumTokens) {
            flush(output);
        }
        microBatch.add(line);
        longest = Math.max(longest, line.tokens().length);
    }

    private void refuse(String problem) {
        wrong++;
        problems.accept(problem);
    }

    private Line parse(String text, String where) {
        JsonNode node;
        try {
            node = Json.WHOLE.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new DatasetException(where + ": not UTF-8", e);
        } catch (JsonProcessingException e) {
            throw new DatasetException(where + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new DatasetException(where + ": must be an object, not " + node.getNodeType());
        }
        JsonNode id = node.path("id");
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw new DatasetException(where + ": 'id' must be a text or an integer");
        }
        return new Line(where, id, ids(node.path("tokens"), where));
    }

    private int[] ids(JsonNode array, String where) {
        if (!array.isArray() || array.isEmpty()) {
            throw new DatasetException(where + ": 'tokens' must be a list of at least one id");
        }
        if (array.size() > config.maximumPositions()) {
            throw new DatasetException(where + ": " + array.size() + " tokens are more than the policy's "
                    + config.maximumPositions() + " positions");
        }
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = array.get(i);
            if (!id.isInt() || id.asInt() < 0 || id.asInt() >= config.vocabularySize()) {
                throw new DatasetException(where + ": token " + i + " is " + id + ": ids of this policy are 0 to "
                        + (config.vocabularySize() - 1));
            }
            ids[i] = id.asInt();
        }
        return ids;
    }

    private void flush(Writer output) throws IOException {
        List<TokenSequence> sequences = microBatch.stream()
                .map(Line::tokens)
                .filter(ids -> ids.length > 1)
                .map(ids -> new TokenSequence(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length)))
                .toList();
        List<float[]> computed = sequences.isEmpty() ? List.of() : policy.apply(sequences);
        int next = 0;
        for (Line line : microBatch) {
            write(line, line.tokens().length > 1 ? computed.get(next++) : new float[0], output);
        }
        output.flush();
        microBatch.clear();
        longest = 0;
    }

    private void write(Line line, float[] logProbs, Writer output) throws IOException {
        ObjectNode node = Json.object();
        node.set("id", line.id());
        ArrayNode array = node.putArray("logprobs").addNull();
        for (int i = 0; i < logProbs.length; i++) {
            if (!Float.isFinite(logProbs[i])) {
                refuse(line.where() + ": the log-probability of token " + (i + 1) + " is " + logProbs[i]
                        + ": check the weights, which may be damaged");
                return;
            }
            array.add(logProbs[i]);
        }
        output.write(Json.line(node));
        output.write('\n');
        written++;
        tokens += line.tokens().length;
    }
}
