package io.tramontane.pipeline.advantage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import io.tramontane.schemas.plugin.Plugins;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;

/** How rewards become advantages, and which groups are trained on. */
public record AdvantageSettings(
        @JsonPropertyDescription(
                "How rewards of a group become advantages; its settings stand beside this key. grpo, the reward less the group's mean, is the recipe's.")
        @NotNull
        String type,

        @JsonPropertyDescription(
                "Which complete groups are kept: those in which any reward differs, or only those in which correctness differs.")
        @NotNull
        KeepGroup keepGroup,

        @NotNull @Valid @SettingsOfPlugin(value = AdvantagePlugin.class, chosenBy = "type", kind = "advantage")
        Serializable options)
        implements Serializable {

    /** The advantage of the recipe. */
    public static AdvantageSettings of(KeepGroup keepGroup) {
        return of("grpo", keepGroup);
    }

    /** The advantage of this name with its defaults. */
    public static AdvantageSettings of(String type, KeepGroup keepGroup) {
        return new AdvantageSettings(type, keepGroup, plugin(type).defaults());
    }

    /** Made with the plug-ins on the class path. */
    AdvantageEstimator estimator() {
        return estimator(plugin(type));
    }

    private <S extends Record & Serializable> AdvantageEstimator estimator(AdvantagePlugin<S> plugin) {
        return plugin.create(plugin.own(options));
    }

    private static AdvantagePlugin<?> plugin(String type) {
        return Plugins.<AdvantagePlugin<?>>onClassPath(AdvantagePlugin.class, "advantage")
                .get(type);
    }
}
