package io.tramontane.pipeline;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** How far behind the trainer the weights that sampled a completion may be. */
public record StalenessSettings(
        @JsonPropertyDescription(
                "Versions of the weights by which the oldest token of a completion may lag behind; a completion beyond it ends its group as stale.")
        @PositiveOrZero
        long maximumLag)
        implements Serializable {}
