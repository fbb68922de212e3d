package io.tramontane.pipeline.admission;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.time.Duration;

/** How long completions are remembered. */
public record AdmissionSettings(
        @JsonPropertyDescription("For how long after the last completion of a group its duplicates are recognised.")
        @NotNull
        Duration memory)
        implements Serializable {}
