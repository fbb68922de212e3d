package io.tramontane.pipeline.scoring;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** Threads of verifiers that may be slow, apart from those of the others. */
public record PoolSettings(
        @JsonPropertyDescription("Completions one scoring subtask verifies so at the same time, a thread each.")
        @Positive
        int threads,

        @JsonPropertyDescription(
                "Time to verify one completion, from the moment a thread takes it up; beyond it the verdict is TIMEOUT.")
        @NotNull
        Duration deadline)
        implements Serializable {}
