package io.tramontane.jobs.replay.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.replay.score.RecordedProblem.RecordedCompletion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads recorded completions, one problem a line:
 *
 * <pre>{@code
 * {"id": …, "problem": …, "answer": …, "language": …, "verifier": …, "completions": [{"model": …, "text": …, "is_correct": …}]}
 * }</pre>
 *
 * <p>Language, verifier, model and label may be missing; other fields are ignored, blank lines skipped.
 */
public final class RecordedFile {

    private RecordedFile() {}

    /** @throws DatasetException if the file cannot be read or a line is not as it must be; the message names it */
    public static List<RecordedProblem> read(Path file) {
        List<RecordedProblem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String where = file + ", line " + number + ": ";
                RecordedProblem problem = problem(line, where);
                if (!ids.add(problem.id())) {
                    throw new DatasetException(where + "the id '" + problem.id() + "' occurs a second time");
                }
                problems.add(problem);
            }
        } catch (NoSuchFileException e) {
            throw new DatasetException("there are no recorded completions at " + file, e);
        } catch (MalformedInputException e) {
            throw new DatasetException(file + ": not UTF-8", e);
        } catch (IOException e) {
            throw new DatasetException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (problems.isEmpty()) {
            throw new DatasetException(file + ": no completions in it");
        }
        return problems;
    }

    private static RecordedProblem problem(String line, String where) {
        JsonNode node;
        try {
            node = Json.WHOLE.readTree(line);
        } catch (JsonProcessingException e) {
            throw new DatasetException(where + "not JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode completions = node.path("completions");
        if (!completions.isArray() || completions.isEmpty()) {
            throw new DatasetException(where + "'completions' must be a list with at least one element");
        }
        List<RecordedCompletion> read = new ArrayList<>();
        for (JsonNode completion : completions) {
            JsonNode label = completion.path("is_correct");
            read.add(new RecordedCompletion(
                    completion.path("model").asText(""),
                    text(completion, "text", where),
                    label.isBoolean() ? Optional.of(label.booleanValue()) : Optional.empty()));
        }
        return new RecordedProblem(
                text(node, "id", where),
                node.path("language").asText(""),
                text(node, "problem", where),
                text(node, "answer", where),
                node.path("verifier").asText(""),
                read);
    }

    private static String text(JsonNode node, String field, String where) {
        JsonNode value = node.path(field);
        if (!value.isTextual() && !value.isNumber()) {
            throw new DatasetException(where + "'" + field + "' must be a text or a number");
        }
        return value.asText();
    }
}
