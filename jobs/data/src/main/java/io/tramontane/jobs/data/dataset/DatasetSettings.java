package io.tramontane.jobs.data.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.jobs.data.formats.DatasetFormat;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;

/** Which problems a run trains on and is measured on. */
public record DatasetSettings(
        @JsonPropertyDescription(
                "word-problems: the built-in task; file: your own files (jobs/DATASETS.md); jsonl: another name for file.")
        @NotNull
        Source source,

        @JsonPropertyDescription("Training problems of the built-in task.") @Positive
        int problems,

        @JsonPropertyDescription("Training problems when they come from files: a file, or a folder of them.") @NotNull
        Path path,

        @JsonPropertyDescription("Held-out problems when they come from files: a file, or a folder of them.") @NotNull
        Path heldOutPath,

        @JsonPropertyDescription("Layout of the files' rows; automatic: recognised by the fields of the first rows.")
        @NotNull
        DatasetFormat format,

        @JsonPropertyDescription("What the policy reads, {problem} standing for the problem as the file has it.")
        @NotNull
        String promptTemplate,

        @JsonPropertyDescription(
                "Rows with missing or malformed fields; refuse: stop and name them; leave-out: go on with the others.")
        @NotNull
        ReadingRules.WrongRows wrongRows,

        @JsonPropertyDescription("Characters a problem may have; longer ones are left out.") @Positive
        int maximumProblemCharacters,

        @JsonPropertyDescription(
                "Characters the answer or the tests of a problem may have; longer answers and tests are left out.")
        @Positive
        int maximumReferenceCharacters,

        @JsonPropertyDescription("Tests that are kept of a code problem, the first ones.") @Positive
        int maximumTests,

        @JsonPropertyDescription("Characters of other fields of a row that are kept with its problem, as JSON.")
        @PositiveOrZero
        int maximumExtraCharacters) {

    /** Where problems come from. */
    public enum Source {
        /** The built-in task. */
        WORD_PROBLEMS,
        /** The user's own files. */
        FILE,
        /** The same, by its older name. */
        JSONL
    }

    /** Whether the template has a place for the problem. */
    @JsonIgnore
    @AssertTrue(message = "prompt-template must have \\{problem\\} in it, where the problem goes")
    public boolean isPlaceForTheProblem() {
        return promptTemplate == null || promptTemplate.contains(ReadingRules.PLACEHOLDER);
    }

    /** What the reader needs of these. */
    public ReadingRules reading() {
        return new ReadingRules(
                format,
                promptTemplate,
                wrongRows,
                maximumProblemCharacters,
                maximumReferenceCharacters,
                maximumTests,
                maximumExtraCharacters);
    }
}
