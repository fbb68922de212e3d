package io.tramontane.pipeline.training;

import io.tramontane.pipeline.batching.BatchSummary;
import io.tramontane.pipeline.batching.GroupStatistics;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.StepCatalogue;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of the figures in the metrics of a step record and of the trainer's gauges, and how they are made.
 *
 * <p>Rewards, accuracy, language, length and shares are over all complete groups that came since the step before; lag,
 * ratio, clipping, divergence and entropy over the tokens of the batch.
 */
public final class StepMetrics {

    /** Mean reward of a completion. */
    public static final String REWARD_MEAN = "rewardMean";
    /** Reward that one completion in ten does not exceed. */
    public static final String REWARD_P10 = "rewardP10";
    /** Reward that nine completions in ten do not exceed. */
    public static final String REWARD_P90 = "rewardP90";
    /** Share of completions whose answer is right. */
    public static final String ACCURACY = "accuracy";
    /** Share of completions in one language throughout. */
    public static final String LANGUAGE_CONSISTENCY = "languageConsistency";
    /** Mean length of a completion, tokens. */
    public static final String LENGTH_MEAN = "lengthMean";
    /** Share of completions that the token budget ended. */
    public static final String TRUNCATED_SHARE = "truncatedShare";
    /** Share of complete groups that teach nothing. */
    public static final String ZERO_VARIANCE_SHARE = "zeroVarianceShare";
    /** Groups that ended as stale. */
    public static final String STALE_GROUPS = "staleGroups";
    /** Groups that ended as incomplete. */
    public static final String INCOMPLETE_GROUPS = "incompleteGroups";
    /** Mean lag of a token behind the version it is trained at, versions. */
    public static final String LAG_MEAN = "lagMean";
    /** Largest lag of a token, versions. */
    public static final String LAG_MAXIMUM = "lagMaximum";
    /** Mean importance ratio. */
    public static final String RATIO_MEAN = "ratioMean";
    /** Largest importance ratio. */
    public static final String RATIO_MAXIMUM = "ratioMaximum";
    /**
     * Share of the batch's tokens that as many samples of the trained policy itself would be worth: (Σρ)² / (n Σρ²).
     */
    public static final String EFFECTIVE_SAMPLE_SHARE = "effectiveSampleShare";
    /** Share of tokens whose gradient the clipping cuts off. */
    public static final String CLIP_FRACTION = "clipFraction";
    /** Estimate of the divergence of the trained policy from the one that sampled, nats a token. */
    public static final String KL_ESTIMATE = "klEstimate";
    /** Mean entropy of the policy, nats a token. */
    public static final String ENTROPY = "entropy";
    /** L2 norm of the gradient before it is bounded. */
    public static final String GRADIENT_NORM = "gradientNorm";
    /** Learning rate of the step. */
    public static final String LEARNING_RATE = "learningRate";
    /** Completion tokens trained on. */
    public static final String TRAINED_TOKENS = "trainedTokens";
    /** Time spent computing the step, seconds. */
    public static final String STEP_SECONDS = "stepSeconds";

    /** Stage of the curriculum that the batch belongs to, from 1; only in runs that have a curriculum. */
    public static final String STAGE = "stage";

    /**
     * All of them, in the order in which they read best; those of single components of the reward and the stage come on
     * top.
     */
    public static final List<String> NAMES =
            StepCatalogue.FIGURES.stream().map(MetricDefinition::name).toList();

    /** How the names of figures of a component of the reward begin. */
    public static final String COMPONENT = "component.";

    static final String MEAN = "mean";
    static final String P10 = "p10";
    static final String P90 = "p90";

    private StepMetrics() {}

    static Map<String, Double> of(
            BatchSummary batch, MicroBatchStatistics sums, StepStatistics step, Duration computing) {
        GroupStatistics groups = batch.statistics();
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(REWARD_MEAN, share(groups.rewardSum(), groups.completions()));
        batch.reward().ifPresent(reward -> {
            metrics.put(REWARD_P10, reward.p10());
            metrics.put(REWARD_P90, reward.p90());
        });
        batch.components().forEach((component, spread) -> {
            metrics.put(ofComponent(component, MEAN), spread.mean());
            metrics.put(ofComponent(component, P10), spread.p10());
            metrics.put(ofComponent(component, P90), spread.p90());
        });
        metrics.put(ACCURACY, share(groups.correct(), groups.completions()));
        metrics.put(LANGUAGE_CONSISTENCY, share(groups.languageConsistent(), groups.completions()));
        metrics.put(LENGTH_MEAN, share(groups.tokens(), groups.completions()));
        metrics.put(TRUNCATED_SHARE, share(groups.truncated(), groups.completions()));
        metrics.put(ZERO_VARIANCE_SHARE, share(groups.zeroVarianceGroups(), groups.groups()));
        metrics.put(STALE_GROUPS, (double) groups.staleGroups());
        metrics.put(INCOMPLETE_GROUPS, (double) groups.incompleteGroups());
        metrics.put(LAG_MEAN, batch.lag().mean());
        metrics.put(LAG_MAXIMUM, (double) batch.lag().maximum());
        metrics.put(RATIO_MEAN, share(sums.ratioSum(), sums.tokens()));
        metrics.put(RATIO_MAXIMUM, sums.ratioMaximum());
        metrics.put(
                EFFECTIVE_SAMPLE_SHARE,
                sums.ratioSquareSum() == 0
                        ? 0
                        : share(sums.ratioSum() * sums.ratioSum() / sums.ratioSquareSum(), sums.tokens()));
        metrics.put(CLIP_FRACTION, share(sums.clippedTokens(), sums.tokens()));
        metrics.put(KL_ESTIMATE, share(sums.divergenceSum(), sums.tokens()));
        metrics.put(ENTROPY, share(sums.entropySum(), sums.tokens()));
        metrics.put(GRADIENT_NORM, step.gradientNorm());
        metrics.put(LEARNING_RATE, step.learningRate());
        metrics.put(TRAINED_TOKENS, (double) sums.tokens());
        metrics.put(STEP_SECONDS, computing.toNanos() / 1e9);
        if (batch.stage() > 0) {
            metrics.put(STAGE, (double) batch.stage());
        }
        return metrics;
    }

    /** Name of a component's figure in a step record: {@code component.format.mean}. */
    static String ofComponent(String component, String figure) {
        return COMPONENT + component + '.' + figure;
    }

    private static double share(double part, long whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
