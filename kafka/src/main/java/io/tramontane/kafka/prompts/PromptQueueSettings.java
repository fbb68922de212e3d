package io.tramontane.kafka.prompts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** How generators share the prompts. */
public record PromptQueueSettings(
        @JsonPropertyDescription(
                "How long a leased prompt stays with a generator that says nothing; leases in use are renewed at a third of it. At least a second.")
        @NotNull
        Duration leaseDuration,

        @JsonPropertyDescription("Prompts leased with one request.") @Positive
        int promptsPerFetch,

        @JsonPropertyDescription("Requests whose prompts a generator may hold unfinished at the same time.") @Positive
        int fetchesHeld)
        implements Serializable {}
