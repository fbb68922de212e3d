package io.tramontane.policy.objective.composition;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.PolicyLossPlugin;
import io.tramontane.policy.objective.correction.CorrectionSettings;
import io.tramontane.policy.objective.loss.GrpoLoss;
import io.tramontane.schemas.plugin.Plugins;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.Optional;

/** What the policy is trained for: a loss by its name, and what goes around it. */
public record LossSettings(
        @JsonPropertyDescription("The loss; its settings stand beside this key. grpo is the recipe's.") @NotNull
        String type,

        @JsonPropertyDescription(
                "What the sum over tokens is divided by: all completion tokens, the mean of every sequence, or a constant; automatic is what the source of the loss divides by.")
        @NotNull
        DivisorChoice divisor,

        @JsonPropertyDescription("The divisor when it is a constant, in tokens.") @Positive
        double constantDivisor,

        @JsonPropertyDescription(
                "Weight of the KL divergence from the base policy; 0 (the recipe) needs no reference policy.")
        @PositiveOrZero
        double klCoefficient,

        @JsonPropertyDescription(
                "Corrections of the tokens' weights, against samples of another engine or an older policy.")
        @NotNull
        @Valid
        CorrectionSettings correction,

        @NotNull @Valid @SettingsOfPlugin(value = PolicyLossPlugin.class, chosenBy = "type", kind = "loss")
        Serializable options)
        implements Serializable {

    /** The loss of this name with its defaults and nothing around it. */
    public static LossSettings of(String type) {
        return of(type, plugin(type).defaults());
    }

    /** The loss of this name with these settings of its own and nothing around it. */
    public static LossSettings of(String type, Serializable options) {
        return new LossSettings(type, DivisorChoice.AUTOMATIC, 1, 0, CorrectionSettings.OFF, options);
    }

    /** These settings with a KL term. */
    public LossSettings withKlCoefficient(double coefficient) {
        return new LossSettings(type, divisor, constantDivisor, coefficient, correction, options);
    }

    /** The objective of these settings, made with the plug-ins on the class path. */
    public Objective objective() {
        return objective(plugin(type));
    }

    private <S extends Record & Serializable> Objective objective(PolicyLossPlugin<S> plugin) {
        return Objective.of(plugin, plugin.own(options), correction, klCoefficient);
    }

    /** Whether it is the recipe's loss with nothing but a KL term around it. */
    public boolean isPlainGrpo() {
        return options instanceof GrpoLoss.Settings && correction.off();
    }

    /** Why the loss does not go with the corrections, if so, in one line. */
    public Optional<String> refusal() {
        return refusal(plugin(type));
    }

    private <S extends Record & Serializable> Optional<String> refusal(PolicyLossPlugin<S> plugin) {
        return correction.refusal(type, plugin.carriesRatio(plugin.own(options)));
    }

    /** What the sum over tokens is divided by: the choice, or that of the loss. */
    public LossDivisor chosenDivisor() {
        return divisor.or(() -> plugin(type).divisor());
    }

    private static PolicyLossPlugin<?> plugin(String type) {
        return Plugins.<PolicyLossPlugin<?>>onClassPath(PolicyLossPlugin.class, "loss")
                .get(type);
    }
}
