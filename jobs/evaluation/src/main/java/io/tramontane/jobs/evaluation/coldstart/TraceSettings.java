package io.tramontane.jobs.evaluation.coldstart;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** Which of a run's correct completions are learnt from. */
public record TraceSettings(
        @JsonPropertyDescription("Different correct completions of a problem, at most.") @Positive
        int perProblem,

        @JsonPropertyDescription("Completions of all problems together, at most.") @Positive
        int maximum,

        @JsonPropertyDescription("Which come first where there are more: those that the newest weights wrote (early on,"
                + " many right answers are lucky guesses), or any, drawn with the seed.")
        @NotNull
        Order order,

        @JsonPropertyDescription("Only completions whose problem, thoughts and answer are in one language.")
        boolean languageConsistent) {

    /** Which traces come first. */
    public enum Order {
        /** By the version of the weights that ended them, newest first; within a version drawn with the seed. */
        LATEST,
        /** Drawn with the seed. */
        RANDOM
    }
}
