package io.tramontane.pipeline.figures;

import static io.tramontane.pipeline.figures.StepFigure.Over.BATCH;
import static io.tramontane.pipeline.figures.StepFigure.Over.INTERVAL;
import static io.tramontane.pipeline.figures.StepFigure.Over.STEP;
import static io.tramontane.pipeline.figures.StepFigure.Section.LEARNING;
import static io.tramontane.pipeline.figures.StepFigure.Section.OFF_POLICY;
import static io.tramontane.pipeline.figures.StepFigure.Section.STABILITY;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.batching.RewardSpread;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.MetricKind;
import io.tramontane.schemas.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A figure of an optimizer step. This is the one place that names it: the step records and metrics.jsonl, the trainer's
 * gauges, the documentation, the run page, the reports, the console and TensorBoard follow from here, and dashboards
 * are checked against it.
 *
 * <p>In the order in which they read best.
 */
public enum StepFigure {
    REWARD_MEAN(
            "rewardMean",
            "reward",
            "Mean reward of a completion.",
            INTERVAL,
            number(LEARNING, "Reward", "mean of a completion", 2),
            "reward/mean",
            step -> step.perCompletion(step.groups().rewardSum())),
    REWARD_P10(
            "rewardP10",
            "reward",
            "Reward that one completion in ten does not exceed.",
            INTERVAL,
            number(LEARNING, "Reward P10", "one in ten has less", 2),
            "reward/p10",
            step -> step.batch().reward().map(RewardSpread::p10).orElse(null)),
    REWARD_P90(
            "rewardP90",
            "reward",
            "Reward that nine completions in ten do not exceed.",
            INTERVAL,
            number(LEARNING, "Reward P90", "one in ten has more", 2),
            "reward/p90",
            step -> step.batch().reward().map(RewardSpread::p90).orElse(null)),
    ACCURACY(
            "accuracy",
            "share",
            "Completions whose answer is right.",
            INTERVAL,
            percent(LEARNING, "Accuracy", "% of completions", 0),
            "reward/accuracy",
            step -> step.perCompletion(step.groups().correct())),
    LANGUAGE_CONSISTENCY(
            "languageConsistency",
            "share",
            "Completions in one language throughout.",
            INTERVAL,
            percent(LEARNING, "Language consistency", "% of completions", 0),
            "reward/language-consistency",
            step -> step.perCompletion(step.groups().languageConsistent())),
    LENGTH_MEAN(
            "lengthMean",
            "tokens",
            "Mean length of a completion.",
            INTERVAL,
            number(LEARNING, "Length", "tokens of a completion", 1),
            "length/mean",
            step -> step.perCompletion(step.groups().tokens())),
    TRUNCATED_SHARE(
            "truncatedShare",
            "share",
            "Completions that the token budget ended.",
            INTERVAL,
            percent(LEARNING, "Truncated", "% of completions", 1),
            "length/truncated-share",
            step -> step.perCompletion(step.groups().truncated())),
    ZERO_VARIANCE_SHARE(
            "zeroVarianceShare",
            "share",
            "Complete groups that teach nothing.",
            INTERVAL,
            percent(LEARNING, "Zero variance", "% of groups, dropped", 0),
            "groups/zero-variance-share",
            step -> StepData.share(
                    step.groups().zeroVarianceGroups(), step.groups().groups())),
    STALE_GROUPS(
            "staleGroups",
            "groups",
            "Groups that ended as stale since the step before.",
            INTERVAL,
            number(OFF_POLICY, "Stale groups", "dropped, a step", 0),
            "groups/stale",
            step -> (double) step.groups().staleGroups()),
    INCOMPLETE_GROUPS(
            "incompleteGroups",
            "groups",
            "Groups that ended as incomplete since the step before.",
            INTERVAL,
            number(OFF_POLICY, "Incomplete groups", "dropped, a step", 0),
            "groups/incomplete",
            step -> (double) step.groups().incompleteGroups()),
    LAG_MEAN(
            "lagMean",
            "versions",
            "Mean lag of a token behind the version it is trained at.",
            BATCH,
            number(OFF_POLICY, "Off-policy lag", "versions, mean of a token", 2),
            "off-policy/lag-mean",
            step -> step.batch().lag().mean()),
    LAG_MAXIMUM(
            "lagMaximum",
            "versions",
            "Largest lag of a token.",
            BATCH,
            number(OFF_POLICY, "Largest lag", "versions", 0),
            "off-policy/lag-maximum",
            step -> (double) step.batch().lag().maximum()),
    RATIO_MEAN(
            "ratioMean",
            "ratio",
            "Mean importance ratio.",
            BATCH,
            number(STABILITY, "Importance ratio", "mean", 3),
            "off-policy/ratio-mean",
            step -> step.perToken(step.objective().ratios().sum())),
    RATIO_MAXIMUM(
            "ratioMaximum",
            "ratio",
            "Largest importance ratio.",
            BATCH,
            number(STABILITY, "Largest importance ratio", "of a token", 2),
            "off-policy/ratio-maximum",
            step -> step.objective().ratios().maximum()),
    EFFECTIVE_SAMPLE_SHARE(
            "effectiveSampleShare",
            "share",
            "Tokens of the trained policy's own that the batch's are worth: (Σρ)² / (n Σρ²).",
            BATCH,
            percent(STABILITY, "Effective sample size", "% of tokens", 1),
            "off-policy/effective-sample-share",
            StepFigure::effectiveSampleShare),
    CLIP_FRACTION(
            "clipFraction",
            "share",
            "Tokens whose gradient the clipping cuts off.",
            BATCH,
            percent(STABILITY, "Clip fraction", "% of tokens", 2),
            "off-policy/clip-fraction",
            step -> step.perToken(step.objective().clippedTokens())),
    MASKED_FRACTION(
            "maskedFraction",
            "share",
            "Tokens that a correction or a rule of the loss leaves out.",
            BATCH,
            percent(STABILITY, "Masked fraction", "% of tokens", 2),
            "off-policy/masked-fraction",
            step -> step.perToken(step.objective().maskedTokens())),
    CORRECTION_WEIGHT(
            "correctionWeight",
            "weight",
            "Mean weight that the corrections give a token; 1 without any.",
            BATCH,
            number(STABILITY, "Correction weight", "mean of a token", 3),
            "off-policy/correction-weight",
            step -> step.perToken(step.objective().correctionWeightSum())),
    KL_ESTIMATE(
            "klEstimate",
            "nats/token",
            "Divergence of the trained policy from the one that sampled, at the temperature it was sampled at.",
            BATCH,
            number(STABILITY, "KL estimate", "nats a token, sampler to trainer", 5),
            "off-policy/kl-estimate",
            step -> step.perToken(step.objective().ratios().divergenceSum())),
    REFERENCE_KL(
            "referenceKl",
            "nats/token",
            "Divergence of the trained policy from the base policy; 0 where the loss has no such term.",
            BATCH,
            number(STABILITY, "KL from the base", "nats a token", 5),
            "policy/reference-kl",
            step -> step.perToken(step.objective().referenceDivergenceSum())),
    ENTROPY(
            "entropy",
            "nats/token",
            "Mean entropy of the policy's distribution at the temperature it was sampled at.",
            BATCH,
            number(STABILITY, "Entropy", "nats a token", 3),
            "policy/entropy",
            step -> step.perToken(step.sums().entropySum())),
    GRADIENT_NORM(
            "gradientNorm",
            "L2 norm",
            "Gradient before it is bounded.",
            STEP,
            number(STABILITY, "Gradient norm", "before it is bounded", 2),
            "policy/gradient-norm",
            step -> step.step().gradientNorm()),
    LOSS("loss", "", "Loss of the batch.", BATCH, number(STABILITY, "Loss", "", 4), "policy/loss", null),
    LEARNING_RATE(
            "learningRate",
            "",
            "Learning rate of the step.",
            STEP,
            number(OFF_POLICY, "Learning rate", "", 6),
            "policy/learning-rate",
            step -> step.step().learningRate()),
    TRAINED_TOKENS(
            "trainedTokens",
            "tokens",
            "Completion tokens of the batch.",
            BATCH,
            number(OFF_POLICY, "Trained tokens", "a step", 0),
            "time/trained-tokens",
            step -> (double) step.objective().tokens()),
    STEP_SECONDS(
            "stepSeconds",
            "s",
            "Time spent computing the step.",
            STEP,
            number(OFF_POLICY, "Step", "seconds of computing", 2),
            "time/step-seconds",
            step -> step.computing().toNanos() / 1e9),
    /** Only in runs that have a curriculum; its gauge is batching's. */
    STAGE(
            "stage",
            "",
            "Stage of the curriculum that the batch belongs to, from 1.",
            BATCH,
            number(LEARNING, "Stage", "of the curriculum", 0),
            "stage",
            step -> step.batch().stage() > 0 ? (double) step.batch().stage() : null);

    /** Under which heading a figure is shown. */
    public enum Section {
        LEARNING("Learning"),
        STABILITY("Stability"),
        OFF_POLICY("Off-policy and speed");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** What a figure is a figure of. */
    public enum Over {
        /** All complete groups that came since the step before, those that teach nothing included. */
        INTERVAL("over all complete groups since the step before"),
        /** The tokens that the step trained on. */
        BATCH("over the tokens of the batch"),
        /** The step itself. */
        STEP("of the step");

        private final String words;

        Over(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * How a figure is shown to people.
     *
     * @param note what the number is, in a few words
     * @param factor from the value to the number shown: 100 for a share in percent
     * @param decimals of the number shown
     */
    public record Display(Section section, String title, String note, int factor, int decimals) {}

    private final String key;
    private final String unit;
    private final String meaning;
    private final Over over;
    private final Display display;
    private final String tag;
    private final Function<StepData, Double> value;

    /** @param value null for what a step record has as a field of its own */
    StepFigure(
            String key,
            String unit,
            String meaning,
            Over over,
            Display display,
            String tag,
            Function<StepData, Double> value) {
        this.key = key;
        this.unit = unit;
        this.meaning = meaning;
        this.over = over;
        this.display = display;
        this.tag = tag;
        this.value = value;
    }

    private static Display number(Section section, String title, String note, int decimals) {
        return new Display(section, title, note, 1, decimals);
    }

    private static Display percent(Section section, String title, String note, int decimals) {
        return new Display(section, title, note, 100, decimals);
    }

    private static double effectiveSampleShare(StepData step) {
        double squares = step.objective().ratios().squareSum();
        return squares == 0
                ? 0
                : step.perToken(step.objective().ratios().sum()
                        * step.objective().ratios().sum()
                        / squares);
    }

    /** Its name in step records and in metrics.jsonl, and that of the trainer's gauge. */
    public String key() {
        return key;
    }

    /** One sentence, for people who look at it. */
    public String meaning() {
        return meaning;
    }

    public Over over() {
        return over;
    }

    public Display display() {
        return display;
    }

    /** The figure of a recorded step; not a number where the step has none. */
    public double of(Step step) {
        return this == LOSS ? step.getLoss() : step.getMetrics().getOrDefault(key, Double.NaN);
    }

    /** Those that are gauges of the trainer, with the value of the newest step. */
    public static List<MetricDefinition> gauges() {
        return Arrays.stream(values())
                .filter(figure -> figure != LOSS && figure != STAGE)
                .map(figure -> MetricDefinition.of(
                        MetricKind.GAUGE, figure.key, figure.unit, figure.meaning, OperatorIdentity.TRAINER))
                .toList();
    }

    /**
     * The metrics of a step record: every figure that the step has, and those of the reward's components and of the
     * loss.
     */
    public static Map<String, Double> metrics(StepData step) {
        Map<String, Double> metrics = new TreeMap<>();
        for (StepFigure figure : values()) {
            Double value = figure.value == null ? null : figure.value.apply(step);
            if (value != null) {
                metrics.put(figure.key, value);
            }
        }
        step.batch().components().forEach((component, spread) -> {
            for (ComponentFigure figure : ComponentFigure.values()) {
                metrics.put(figure.key(component), figure.of(spread));
            }
        });
        step.objective().figures().forEach((name, sum) -> metrics.put(LossFigure.key(name), step.perToken(sum)));
        return metrics;
    }

    /** All figures of a recorded step by name, its loss among them. */
    public static Map<String, Double> all(Step step) {
        Map<String, Double> figures = new TreeMap<>(step.getMetrics());
        figures.put(LOSS.key, step.getLoss());
        return figures;
    }

    /** The tag for TensorBoard of a figure by its name; one that is not known keeps its name. */
    public static String tag(String name) {
        if (ComponentFigure.isKey(name)) {
            return ComponentFigure.tag(name);
        }
        return LossFigure.isKey(name) ? LossFigure.tag(name) : TAGS.getOrDefault(name, name);
    }

    private static final Map<String, String> TAGS =
            Arrays.stream(values()).collect(Collectors.toMap(StepFigure::key, figure -> figure.tag));
}
