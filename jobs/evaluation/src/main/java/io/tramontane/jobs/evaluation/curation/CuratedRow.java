package io.tramontane.jobs.evaluation.curation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.formats.DatasetFormat;
import io.tramontane.jobs.data.rows.RowJson;
import io.tramontane.rewards.correctness.VerifierChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A judged problem as a row of a dataset in our own layout: the problem, its figures, why it was dropped if it was, and
 * the other fields of its file.
 */
final class CuratedRow {

    private CuratedRow() {}

    /** One line of JSON, without its end. */
    static String of(JudgedProblem judged) {
        return of(judged.problem(), row -> {
            judged.reason().ifPresent(reason -> row.put("reason", reason.key()));
            SampleFigures figures = judged.figures();
            row.put("samples", figures.samples());
            row.put("solved", figures.solved());
            row.put("pass_rate", figures.passRate());
            figures.majority().ifPresent(majority -> {
                row.put("majority_answer", majority.answer());
                row.put("majority_share", figures.majorityShare());
            });
        });
    }

    /** The same with whatever was found out about the problem. */
    static String of(Problem problem, Consumer<ObjectNode> figures) {
        ObjectNode row = RowJson.mapper().createObjectNode();
        row.put("id", problem.id());
        row.put("problem", problem.text());
        row.set("answer", answer(problem));
        if (!problem.language().isEmpty()) {
            row.put("language", problem.language());
        }
        if (!problem.verifier().isEmpty()) {
            row.put("verifier", problem.verifier());
        }
        figures.accept(row);
        addOthers(row, problem.extra());
        return row.toString();
    }

    /** Tests are an object in our layout; an answer that merely looks like one stays a text. */
    private static JsonNode answer(Problem problem) {
        if (problem.verifier().equals(VerifierChoice.CODE.verifierName())) {
            try {
                JsonNode tests = RowJson.mapper().readTree(problem.reference());
                if (tests.isObject()) {
                    return tests;
                }
            } catch (JsonProcessingException notJson) {
                // Then it is written as it is, and the verifier says what is wrong with it.
            }
        }
        return RowJson.mapper().getNodeFactory().textNode(problem.reference());
    }

    /** Leaves out what would make the row look like one of another layout, in which the answer stands elsewhere. */
    private static void addOthers(ObjectNode row, String extra) {
        if (extra.isEmpty()) {
            return;
        }
        JsonNode others;
        try {
            others = RowJson.mapper().readTree(extra);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a problem carries no JSON: " + extra, e);
        }
        for (Map.Entry<String, JsonNode> field : others.properties()) {
            if (!row.has(field.getKey())) {
                row.set(field.getKey(), field.getValue());
                if (!DatasetFormat.of(List.of(row)).equals(Optional.of(DatasetFormat.TRAMONTANE))) {
                    row.remove(field.getKey());
                }
            }
        }
    }
}
