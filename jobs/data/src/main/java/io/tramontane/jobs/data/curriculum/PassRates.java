package io.tramontane.jobs.data.curriculum;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.rows.RowJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How often problems were solved, as {@code curate} writes it into its datasets ({@code id}, {@code pass_rate}) and
 * {@code evaluate} beside its reports ({@code problem.id}, {@code correct} of {@code completions}).
 */
public final class PassRates {

    private final Map<String, Double> byProblem;

    private PassRates(Map<String, Double> byProblem) {
        this.byProblem = byProblem;
    }

    /** Of no problem. */
    public static PassRates none() {
        return new PassRates(Map.of());
    }

    /** @throws DatasetException when the file cannot be read or a line is of neither form; the message says which */
    public static PassRates read(Path file) {
        Map<String, Double> rates = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(rates, line, file + ", line " + number);
                }
            }
        } catch (IOException e) {
            throw new DatasetException("the pass rates cannot be read from " + file + " (curriculum.pass-rates): "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
        return new PassRates(rates);
    }

    private static void add(Map<String, Double> rates, String line, String where) {
        JsonNode row;
        try {
            row = RowJson.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new DatasetException(where + ": " + RowJson.reason(e));
        }
        String id = row.path("id").asText(row.at("/problem/id").asText());
        JsonNode completions = row.path("completions");
        double rate = row.path("pass_rate").isNumber()
                ? row.path("pass_rate").asDouble()
                : completions.asInt() > 0 ? row.path("correct").asDouble() / completions.asInt() : Double.NaN;
        if (id.isEmpty() || !(rate >= 0 && rate <= 1)) {
            throw new DatasetException(where + ": neither a line of curate (id, pass_rate) nor one of evaluate"
                    + " (problem.id, completions, correct)");
        }
        if (rates.put(id, rate) != null) {
            throw new DatasetException(
                    where + ": the problem '" + id + "' stands there twice; a file of one policy is" + " needed");
        }
    }

    /** The share of the problem's completions that were right; {@code NaN} when nobody tried. */
    public double of(String problemId) {
        return byProblem.getOrDefault(problemId, Double.NaN);
    }
}
