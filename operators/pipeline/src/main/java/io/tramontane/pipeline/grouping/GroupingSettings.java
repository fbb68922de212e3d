package io.tramontane.pipeline.grouping;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** How the completions of a prompt are collected. */
public record GroupingSettings(
        @JsonPropertyDescription(
                "Time after its first completion in which a group must become complete; then the missing samples are asked for once, and after the same time again the group ends as incomplete.")
        @NotNull
        Duration deadline,

        @JsonPropertyDescription(
                "For how long a finished group is remembered, so that late completions get its reason.")
        @NotNull
        Duration memory,

        @JsonPropertyDescription(
                "Bytes of completions of open groups one grouping subtask keeps on the heap; the groups waiting longest move to RocksDB beyond it.")
        @Positive
        long heapBytes)
        implements Serializable {}
