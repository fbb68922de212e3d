package io.tramontane.pipeline.metrics;

import static io.tramontane.pipeline.OperatorIdentity.TRAINER;
import static io.tramontane.pipeline.metrics.MetricDefinition.of;
import static io.tramontane.pipeline.metrics.MetricKind.GAUGE;

import java.util.List;

/**
 * The figures of an optimizer step, gauges of the trainer with the value of the newest step. Their names are those in
 * the step records and in metrics.jsonl.
 *
 * <p>Rewards, accuracy, language, length and shares are over all complete groups that came since the step before; lag,
 * ratio, clipping, divergence and entropy over the tokens of the batch.
 */
public final class StepCatalogue {

    /** In the order in which they read best. */
    public static final List<MetricDefinition> FIGURES = List.of(
            figure("rewardMean", "reward", "Mean reward of a completion."),
            figure("rewardP10", "reward", "Reward that one completion in ten does not exceed."),
            figure("rewardP90", "reward", "Reward that nine completions in ten do not exceed."),
            figure("accuracy", "share", "Completions whose answer is right."),
            figure("languageConsistency", "share", "Completions in one language throughout."),
            figure("lengthMean", "tokens", "Mean length of a completion."),
            figure("truncatedShare", "share", "Completions that the token budget ended."),
            figure("zeroVarianceShare", "share", "Complete groups that teach nothing."),
            figure("staleGroups", "groups", "Groups that ended as stale since the step before."),
            figure("incompleteGroups", "groups", "Groups that ended as incomplete since the step before."),
            figure("lagMean", "versions", "Mean lag of a token behind the version it is trained at."),
            figure("lagMaximum", "versions", "Largest lag of a token."),
            figure("ratioMean", "ratio", "Mean importance ratio."),
            figure("ratioMaximum", "ratio", "Largest importance ratio."),
            figure(
                    "effectiveSampleShare",
                    "share",
                    "Tokens of the trained policy's own that the batch's are worth: (Σρ)² / (n Σρ²)."),
            figure("clipFraction", "share", "Tokens whose gradient the clipping cuts off."),
            figure("klEstimate", "nats/token", "Divergence of the trained policy from the one that sampled."),
            figure("entropy", "nats/token", "Mean entropy of the policy."),
            figure("gradientNorm", "L2 norm", "Gradient before it is bounded."),
            figure("learningRate", "", "Learning rate of the step."),
            figure("trainedTokens", "tokens", "Completion tokens of the batch."),
            figure("stepSeconds", "s", "Time spent computing the step."));

    /** Of one component of the reward, over the completions that were asked about it. */
    public static final MetricDefinition COMPONENT_MEAN = figure(
                    "componentMean", "reward", "Mean of what the component adds to the reward.")
            .by("component");

    public static final MetricDefinition COMPONENT_P10 = figure(
                    "componentP10", "reward", "What one completion in ten does not exceed.")
            .by("component");

    public static final MetricDefinition COMPONENT_P90 = figure(
                    "componentP90", "reward", "What nine completions in ten do not exceed.")
            .by("component");

    static final List<MetricDefinition> COMPONENTS = List.of(COMPONENT_MEAN, COMPONENT_P10, COMPONENT_P90);

    private StepCatalogue() {}

    private static MetricDefinition figure(String name, String unit, String meaning) {
        return of(GAUGE, name, unit, meaning, TRAINER);
    }
}
