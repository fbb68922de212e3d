package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run scored on held-out problems, from its base policy over the evaluations beside training to its end: an
 * array of {@code {"step", "passAt1", "low", "high", "languageConsistency", "meanTokens"}} in the order of steps. A
 * figure that was not taken is missing; the array is empty when nothing was measured while the policy was trained.
 */
final class HeldOut {

    private HeldOut() {}

    static ArrayNode of(Optional<JsonNode> base, List<JsonNode> evaluations, Optional<Summary> summary) {
        ArrayNode all = Json.array();
        if (evaluations.isEmpty()) {
            return all;
        }
        TreeMap<Long, ObjectNode> bySteps = new TreeMap<>();
        base.ifPresent(node -> bySteps.put(0L, measured(0, node)));
        evaluations.forEach(line -> bySteps.put(
                line.path("step").asLong(), measured(line.path("step").asLong(), line)));
        // Measured at the end of the run, and with more completions than beside training.
        summary.ifPresent(end -> bySteps.put(end.steps(), measured(end.steps(), end.trained())));
        all.addAll(bySteps.values());
        return all;
    }

    private static ObjectNode measured(long step, JsonNode evaluation) {
        ObjectNode measured = Json.object();
        measured.put("step", step);
        measured.set("passAt1", evaluation.path("passAt1"));
        measured.set("low", evaluation.path("confidenceLow"));
        measured.set("high", evaluation.path("confidenceHigh"));
        measured.set("languageConsistency", evaluation.path("languageConsistency"));
        if (evaluation.has("meanTokens")) {
            measured.set("meanTokens", evaluation.path("meanTokens"));
        }
        return measured;
    }

    private static ObjectNode measured(long step, Summary.Score score) {
        ObjectNode measured = Json.object();
        measured.put("step", step);
        measured.put("passAt1", score.pass1());
        measured.put("low", score.ciLow());
        measured.put("high", score.ciHigh());
        measured.put("languageConsistency", score.languageConsistency());
        if (score.meanTokens() != null) {
            measured.put("meanTokens", score.meanTokens());
        }
        return measured;
    }
}
