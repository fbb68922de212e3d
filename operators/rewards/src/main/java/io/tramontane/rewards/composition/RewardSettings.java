package io.tramontane.rewards.composition;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.answer.AnswerSettings;
import io.tramontane.rewards.code.CodeSettings;
import io.tramontane.rewards.correctness.CorrectnessSettings;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.gate.FormatSettings;
import io.tramontane.rewards.math.comparison.MathSettings;
import io.tramontane.schemas.plugin.PluginSections;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the reward; see Magistral §2.2 for the values the defaults follow.
 *
 * @param components by the name of their plug-in; one that is not there is off
 */
public record RewardSettings(
        @JsonPropertyDescription("The format gate: what a completion must look like to be graded at all.")
        @NotNull
        @Valid
        FormatSettings format,

        @JsonPropertyDescription("Where the answer is found in a completion.") @NotNull @Valid
        AnswerSettings answer,

        @JsonPropertyDescription("Equality of the answer with the reference.") @NotNull @Valid
        CorrectnessSettings correctness,

        @JsonPropertyDescription("What counts as the same mathematical answer.") @NotNull @Valid
        MathSettings math,

        @JsonPropertyDescription("How programs are graded.") @NotNull @Valid
        CodeSettings code,

        @PluginSections @NotNull Map<String, @NotNull @Valid ComponentSettings> components,

        @JsonPropertyDescription(
                "Components under names of your own: several of one kind, or those of a GraderFactory on the class path.")
        @NotNull
        List<@NotNull @Valid CustomSettings> custom)
        implements Serializable {

    /** The settings of the first component that has settings of this type, whether it is enabled or not. */
    public <S extends Record> Optional<S> settings(Class<S> type) {
        return components.values().stream()
                .map(ComponentSettings::settings)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
