package io.tramontane.jobs.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/** A sampled completion as a line of {@code rollouts.jsonl} holds it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Rollout(
        long step,
        String language,
        String problem,
        String reference,
        String completion,
        double reward,
        double advantage,
        Map<String, Component> components) {

    Rollout {
        components = components == null ? Map.of() : Map.copyOf(components);
    }

    /** What one part of the reward said. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Component(double value, String verdict, String reason) {}
}
