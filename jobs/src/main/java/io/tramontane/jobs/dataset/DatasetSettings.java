package io.tramontane.jobs.dataset;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;

/** Which problems a run trains on and is measured on. */
public record DatasetSettings(
        @JsonPropertyDescription(
                "word-problems: the built-in task; jsonl: files with one {\"id\", \"problem\", \"answer\", \"language\", \"verifier\"} a line.")
        @NotNull
        Source source,

        @JsonPropertyDescription("Training problems of the built-in task.") @Positive
        int problems,

        @JsonPropertyDescription("Training problems when the source is jsonl.") @NotNull
        Path path,

        @JsonPropertyDescription("Held-out problems when the source is jsonl.") @NotNull
        Path heldOutPath) {

    /** Where problems come from. */
    public enum Source {
        /** The built-in task. */
        WORD_PROBLEMS,
        /** The user's own files. */
        JSONL
    }
}
