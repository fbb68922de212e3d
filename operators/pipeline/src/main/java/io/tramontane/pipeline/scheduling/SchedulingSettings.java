package io.tramontane.pipeline.scheduling;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** Which prompts are issued, and when. */
public record SchedulingSettings(
        @JsonPropertyDescription("async: generators never wait for the trainer; sync: generate, then train, by turns.")
        @NotNull
        SchedulingMode mode,

        @JsonPropertyDescription("Completions a group has (G).") @Positive
        int groupSize,

        @JsonPropertyDescription("Groups that may be unfinished at a time: the bound of the queue.") @Positive
        int maximumGroupsInFlight,

        @JsonPropertyDescription("Softmax temperature of sampling; 0 is greedy.") @DecimalMin("0")
        double temperature,

        @JsonPropertyDescription("New tokens a completion may have.") @Positive
        int maximumNewTokens,

        @JsonPropertyDescription(
                "Time after which a group without outcome is issued again under the same id; what was already sampled of it is then recognised.")
        @NotNull
        Duration reissueAfter)
        implements Serializable {}
