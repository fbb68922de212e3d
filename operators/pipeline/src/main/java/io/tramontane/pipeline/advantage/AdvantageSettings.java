package io.tramontane.pipeline.advantage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;

/** Which groups are trained on. */
public record AdvantageSettings(
        @JsonPropertyDescription(
                "Which complete groups are kept: those in which any reward differs, or only those in which correctness differs.")
        @NotNull
        KeepGroup keepGroup)
        implements Serializable {}
