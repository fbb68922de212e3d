package io.tramontane.pipeline.io;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;

/** Size caps of a completion read from a topic; what exceeds them is a dead letter. */
public record RecordLimits(
        @JsonPropertyDescription(
                "Bytes an encoded completion may have; less where a group of them would not fit into a record of the groups topic (96 MiB).")
        @Positive
        int maximumRecordBytes,

        @JsonPropertyDescription("Characters a text of a completion may have (completion, problem, reference).")
        @Positive
        int maximumTextCharacters,

        @JsonPropertyDescription("Tokens a prompt and a completion may have, each.") @Positive
        int maximumTokens,

        @JsonPropertyDescription("Completions a group may have.") @Positive
        int maximumGroupSize,

        @JsonPropertyDescription("Spans of weight versions a completion may have.") @Positive
        int maximumSpans)
        implements Serializable {}
