package io.tramontane.rewards.custom;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;
import java.util.Map;

/** A component of the reward that a {@link GraderFactory} on the class path makes. */
public record CustomSettings(
        @JsonPropertyDescription("Name of the component in records, metrics and reports, different from all others.")
        @NotNull
        @Pattern(regexp = "[a-z][a-z0-9-]{0,49}", message = "must be lower case, words joined by hyphens")
        String name,

        @JsonPropertyDescription("Which component it is: the name that its factory gives.") @NotNull
        String component,

        @JsonPropertyDescription("Reward for a score of 1; 0 measures without rewarding.") @NotNull
        Double weight,

        @JsonPropertyDescription("Whether it is graded.") @NotNull
        Boolean enabled,

        @JsonPropertyDescription("Options of the component.") @NotNull
        Map<String, String> options)
        implements Serializable {}
