package io.tramontane.pipeline.scoring;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** How the reward function is executed. */
public record ScoringSettings(
        @JsonPropertyDescription(
                "Completions one scoring subtask grades at the same time, a thread each: format, length, language, numbers"
                        + " and mathematics.")
        @Positive
        int threads,

        @JsonPropertyDescription("Completions one scoring subtask holds, waiting ones included.") @Positive
        int capacity,

        @JsonPropertyDescription(
                "Time to grade one completion by these, from the moment a thread takes it up; beyond it the verdict is"
                        + " TIMEOUT.")
        @NotNull
        Duration deadline,

        @JsonPropertyDescription(
                "Time a completion may spend in scoring, waiting for a thread included; what has not been said by then has"
                        + " the verdict TIMEOUT.")
        @NotNull
        Duration patience,

        @JsonPropertyDescription("Verification by running programs.") @NotNull @Valid
        PoolSettings code,

        @JsonPropertyDescription("Each component of your own, in a section of the reward or in reward.custom.")
        @NotNull
        @Valid
        PoolSettings custom,

        @JsonPropertyDescription(
                "Threads of one kind that may hang past their deadline; while there are so many, the verifier is not asked"
                        + " and the verdict is TIMEOUT.")
        @Positive
        int maximumOverdue)
        implements Serializable {

    /**
     * The same for the components that come with Tramontane.
     *
     * @param pool for components of one's own
     * @param leastOverdue how many threads may hang at least
     */
    public ScoringSettings withCustom(PoolSettings pool, int leastOverdue) {
        return new ScoringSettings(
                threads, capacity, deadline, patience, code, pool, Math.max(maximumOverdue, leastOverdue));
    }
}
