package io.tramontane.jobs.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Problems in a fixed order, their ids unique.
 *
 * @param problems at least one
 */
public record ProblemSet(List<Problem> problems) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws DatasetException if it is empty or an id occurs twice */
    public ProblemSet {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new DatasetException("a dataset needs at least one problem");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < problems.size(); i++) {
            Integer before = seen.put(problems.get(i).id(), i);
            if (before != null) {
                throw new DatasetException("the id '" + problems.get(i).id() + "' occurs twice: as problem "
                        + (before + 1) + " and as problem " + (i + 1));
            }
        }
    }

    /** How many problems there are. */
    public int size() {
        return problems.size();
    }

    /**
     * Reads a JSON Lines file: {@code {"id": …, "problem": …, "answer": …, "language": …, "verifier": …}}, language and
     * verifier optional, numbers allowed as id and answer, other fields ignored, blank lines skipped.
     *
     * @throws DatasetException if the file cannot be read or one of its lines is not a problem
     */
    public static ProblemSet read(Path file) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> lineOfId = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Problem problem = parse(line, file + ", line " + number + ": ");
                Integer before = lineOfId.put(problem.id(), number);
                if (before != null) {
                    throw new DatasetException(
                            file + ", line " + number + ": the id '" + problem.id() + "' is already on line " + before);
                }
                problems.add(problem);
            }
        } catch (NoSuchFileException e) {
            throw new DatasetException("no dataset at " + file, e);
        } catch (MalformedInputException e) {
            throw new DatasetException(file + ": not UTF-8", e);
        } catch (IOException e) {
            throw new DatasetException("cannot read the dataset " + file + ": " + e.getMessage(), e);
        }
        if (problems.isEmpty()) {
            throw new DatasetException(file + ": no problems in it");
        }
        return new ProblemSet(problems);
    }

    private static Problem parse(String line, String where) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new DatasetException(where + "not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new DatasetException(where + "not a JSON object");
        }
        return new Problem(
                required(node, "id", where),
                node.path("language").asText(""),
                required(node, "problem", where),
                required(node, "answer", where),
                node.path("verifier").asText(""));
    }

    private static String required(JsonNode node, String field, String where) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new DatasetException(where + "no '" + field + "'");
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw new DatasetException(where + "'" + field + "' must be a text or a number");
        }
        if (value.asText().isBlank()) {
            throw new DatasetException(where + "'" + field + "' is empty");
        }
        return value.asText();
    }
}
