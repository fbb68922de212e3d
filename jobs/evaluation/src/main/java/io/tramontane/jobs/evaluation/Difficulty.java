package io.tramontane.jobs.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.kernel.files.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Classes of problems by how hard they are: what their dataset says, or how often they were solved before. */
public final class Difficulty {

    private Difficulty() {}

    /**
     * What the dataset says of a problem.
     *
     * @param field of its file
     * @return the value as text; empty when it has none
     */
    public static String field(Problem problem, String field) {
        if (problem.extra().isEmpty()) {
            return "";
        }
        try {
            JsonNode value = Json.parse(problem.extra()).path(field);
            return value.isValueNode() ? value.asText() : "";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("problem " + problem.id() + " carries no JSON: " + problem.extra(), e);
        }
    }

    /**
     * The class of a share of correct completions. Never and always solved are classes of their own: nothing is learnt
     * from them.
     */
    public static String ofPassRate(double passRate) {
        if (passRate <= 0) {
            return "solved 0%";
        }
        if (passRate >= 1) {
            return "solved 100%";
        }
        if (passRate <= 0.25) {
            return "solved 1-25%";
        }
        if (passRate <= 0.5) {
            return "solved 26-50%";
        }
        return passRate <= 0.75 ? "solved 51-75%" : "solved 76-99%";
    }

    /**
     * The outcomes classed by the pass rates of others; problems that those lack are in no class. An outcome classed by
     * itself says nothing: the hard ones are then those that went badly by chance as well.
     */
    public static List<ProblemOutcome> byPassRates(List<ProblemOutcome> outcomes, List<ProblemOutcome> recorded) {
        Map<String, ProblemOutcome> byId =
                recorded.stream().collect(Collectors.toMap(ProblemOutcome::id, Function.identity()));
        return outcomes.stream()
                .map(outcome -> byId.containsKey(outcome.id())
                        ? outcome.withDifficulty(
                                ofPassRate(byId.get(outcome.id()).passRate()))
                        : outcome)
                .toList();
    }
}
