package io.tramontane.rewards.composition;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.GraderPlugin;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** A component of the reward, made by the {@link GraderPlugin} after which its section is called. */
public record ComponentSettings(
        @JsonPropertyDescription("Whether it is graded.") @NotNull
        Boolean enabled,

        @JsonPropertyDescription(
                "The reward for a score of 1, the penalty for a score of -1; 0 measures without rewarding.")
        @NotNull
        @PositiveOrZero
        Double weight,

        @SettingsOfPlugin(value = GraderPlugin.class, kind = "reward component") @NotNull @Valid
        Serializable settings)
        implements Serializable {}
