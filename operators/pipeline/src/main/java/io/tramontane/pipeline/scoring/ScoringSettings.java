package io.tramontane.pipeline.scoring;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** How the reward function is executed. */
public record ScoringSettings(
        @JsonPropertyDescription("Completions one scoring subtask grades at the same time, a thread each.") @Positive
        int threads,

        @JsonPropertyDescription("Completions one scoring subtask holds, waiting ones included.") @Positive
        int capacity,

        @JsonPropertyDescription(
                "Time to grade one completion, from the moment a thread takes it up; beyond it the verdict is TIMEOUT.")
        @NotNull
        Duration deadline,

        @JsonPropertyDescription(
                "Time a completion may spend in scoring, waiting for a thread included; beyond it the verdict is TIMEOUT.")
        @NotNull
        Duration patience)
        implements Serializable {}
