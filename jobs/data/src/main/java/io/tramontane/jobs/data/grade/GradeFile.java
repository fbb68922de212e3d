package io.tramontane.jobs.data.grade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A JSON Lines file that is graded as it is read: one object a line in, one verdict a line out, in the same order. A
 * few lines for each thread are in memory; blank lines are skipped.
 */
public final class GradeFile {

    /** Keeps the digits of numbers: an answer {@code 1.50} or one of thirty digits is compared as it stands. */
    private static final ObjectReader EXACT = Json.WHOLE
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    /** For each thread, so that one slow line does not leave the others idle. */
    private static final int LINES_AHEAD = 4;

    private final Path input;
    private final LineGrader grader;
    private final int threads;

    /** On one thread. */
    public GradeFile(Path input, LineGrader grader) {
        this(input, grader, 1);
    }

    /** @param threads how many lines are graded at once */
    public GradeFile(Path input, LineGrader grader, int threads) {
        this.input = input;
        this.grader = grader;
        this.threads = threads;
    }

    /**
     * Writes the verdicts into a file, which appears only when all lines are graded.
     *
     * @throws DatasetException if the input cannot be read or a line is not as it must be; the message names it
     * @throws IOException if the output cannot be written
     */
    public GradeSummary gradeTo(Path output) throws IOException {
        AtomicFile.check(output, input, "verdicts");
        return AtomicFile.writeAll(output, this::gradeTo);
    }

    /**
     * Writes the verdicts as they are reached.
     *
     * @throws DatasetException if the input cannot be read or a line is not as it must be; the message names it
     * @throws IOException if the output cannot be written
     */
    public GradeSummary gradeTo(Writer output) throws IOException {
        GradeSummary summary = new GradeSummary();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Deque<Future<GradedLine>> pending = new ArrayDeque<>();
        int number = 0;
        try (BufferedReader reader = open()) {
            for (String line = read(reader, number); line != null; line = read(reader, number)) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String text = line;
                String where = input + ", line " + number;
                pending.add(pool.submit(() -> grader.grade(parse(text, where))));
                if (pending.size() > LINES_AHEAD * threads) {
                    write(pending.remove(), summary, output);
                }
            }
            while (!pending.isEmpty()) {
                write(pending.remove(), summary, output);
            }
        } finally {
            pool.shutdownNow();
        }
        output.flush();
        return summary;
    }

    private static void write(Future<GradedLine> line, GradeSummary summary, Writer output) throws IOException {
        GradedLine graded;
        try {
            graded = line.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("grading a line failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while lines were graded");
        }
        summary.add(graded);
        output.write(Json.line(graded));
        output.write('\n');
    }

    private BufferedReader open() {
        try {
            return Files.newBufferedReader(input);
        } catch (NoSuchFileException e) {
            throw new DatasetException("there is no file " + input + " to grade", e);
        } catch (IOException e) {
            throw new DatasetException("cannot read " + input + ": " + e.getMessage(), e);
        }
    }

    private String read(BufferedReader reader, int linesBefore) {
        try {
            return reader.readLine();
        } catch (MalformedInputException e) {
            throw new DatasetException(input + ": not UTF-8, somewhere after line " + linesBefore, e);
        } catch (IOException e) {
            throw new DatasetException("cannot read " + input + ": " + e.getMessage(), e);
        }
    }

    private static InputLine parse(String line, String where) {
        JsonNode node;
        try {
            node = EXACT.readTree(line);
        } catch (JsonProcessingException e) {
            throw new DatasetException(where + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new DatasetException(where + ": must be an object, not " + node.getNodeType());
        }
        return new InputLine(where, node);
    }
}
