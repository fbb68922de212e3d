package io.tramontane.rewards.custom;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.GraderPlugin;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;

/**
 * A component of the reward under a name of its own, made by a {@link GraderPlugin} or a {@link GraderFactory}.
 *
 * @param options the settings of the plug-in; texts by name for a factory
 */
public record CustomSettings(
        @JsonPropertyDescription("Name of the component in records, metrics and reports, different from all others.")
        @NotNull
        @Pattern(regexp = "[a-z][a-z0-9-]{0,49}", message = "must be lower case, words joined by hyphens")
        String name,

        @JsonPropertyDescription("Which component it is: the name that its plug-in or factory gives.") @NotNull
        String component,

        @JsonPropertyDescription("Reward for a score of 1; 0 measures without rewarding.") @NotNull
        Double weight,

        @JsonPropertyDescription("Whether it is graded.") @NotNull
        Boolean enabled,

        @JsonPropertyDescription("Settings of the component.")
        @SettingsOfPlugin(value = GraderPlugin.class, chosenBy = "component", ownSection = true, kind = "component")
        @NotNull
        @Valid
        Serializable options)
        implements Serializable {}
