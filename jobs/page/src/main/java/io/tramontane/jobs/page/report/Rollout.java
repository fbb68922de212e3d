package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;

/**
 * A sampled completion as a line of {@code rollouts.jsonl} holds it. Lines of earlier versions have no group, tokens,
 * reason of finish and spans.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Rollout(
        long step,
        String groupId,
        String completionId,
        String language,
        String problem,
        String reference,
        String completion,
        int tokens,
        String finishReason,
        List<Span> spans,
        double reward,
        double advantage,
        Map<String, Component> components) {

    Rollout {
        groupId = groupId == null ? "step-" + step : groupId;
        completionId = completionId == null ? groupId : completionId;
        finishReason = finishReason == null ? "STOP" : finishReason;
        spans = spans == null ? List.of() : List.copyOf(spans);
        components = components == null ? Map.of() : Map.copyOf(components);
    }

    /** What one part of the reward said. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Component(double value, String verdict, String reason) {}

    /** Tokens that one version of the weights produced. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Span(long incarnation, long version, int start, int end) {}
}
