package io.tramontane.policy.objective.testkit;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks of what {@link PolicyLoss} promises, for losses of your own:
 *
 * <pre>{@code
 * LossTestKit.check(new MyLoss().create(settings));
 * }</pre>
 *
 * <p>The derivative is compared with differences of the value, over micro-batches near and far off policy and with
 * log-ratios up to ±100. Where the value has a corner or a step no difference exists, and none is compared. A loss that
 * detaches factors has no value whose difference is its derivative; it hands in a {@link Surrogate}. Of −sg(ρ) Â log
 * π_θ, as in REINFORCE, that is
 *
 * <pre>{@code
 * (moving, detached) -> IntStream.range(0, moving.tokens())
 *         .mapToDouble(t -> -moving.tokenWeights()[t]
 *                 * detached.ratio(t) * moving.advantages()[t] * moving.logProbs()[t])
 *         .sum()
 * }</pre>
 *
 * <p>Every failure is an {@link AssertionError} that names the micro-batch: {@link SampleInputs} makes it again.
 */
public final class LossTestKit {

    /** The value of a loss in two arguments, so that what is detached can stand still while the rest moves. */
    @FunctionalInterface
    public interface Surrogate {

        /**
         * The value, in which the factors that the loss detaches are those of {@code detached} and all else is of
         * {@code moving}. Both differ in their log π_θ alone.
         */
        double of(LossInput moving, LossInput detached);
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final double RELATIVE = 1e-4;
    private static final double ROUNDING = 1e-15;

    /** Of a log-probability; sums of it and one are exact in {@code float} for the most part. */
    private static final double STEP = 0x1p-12;

    private static final double[] SCALES = {1e-4, 0.05, 0.5, 3};
    private static final int SEEDS = 20;

    /** At least so much of the tokens must have a difference. */
    private static final double COMPARED_SHARE = 0.5;

    private final PolicyLoss loss;
    private final Surrogate surrogate;
    private int tokens;
    private int compared;

    private LossTestKit(PolicyLoss loss, Surrogate surrogate) {
        this.loss = loss;
        this.surrogate = surrogate;
    }

    /** Checks a loss that detaches nothing. */
    public static void check(PolicyLoss loss) {
        check(loss, (moving, detached) -> loss.of(moving).value());
    }

    /** Checks a loss, with its value as a surrogate. */
    public static void check(PolicyLoss loss, Surrogate surrogate) {
        new LossTestKit(loss, surrogate).check();
    }

    private void check() {
        LossInput none = SampleInputs.slice(SampleInputs.of(1, 1), 0, 0);
        LossResult ofNone = loss.of(none);
        require(
                ofNone.value() == 0 && ofNone.derivative().length == 0,
                "a micro-batch without tokens",
                "its loss is not 0");
        Set<String> names = ofNone.figures().keySet();
        names.forEach(name -> require(
                NAME.matcher(name).matches(),
                "the figure '" + name + "'",
                "its name must be lower case, words joined by hyphens"));
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (double scale : SCALES) {
                check(SampleInputs.of(seed, scale), names, "SampleInputs.of(" + seed + ", " + scale + ")");
            }
            check(SampleInputs.extreme(seed), names, "SampleInputs.extreme(" + seed + ")");
        }
        require(
                compared >= COMPARED_SHARE * tokens,
                "all micro-batches",
                "only " + compared + " of " + tokens + " tokens have a difference: the value has too many corners");
    }

    private void check(LossInput input, Set<String> names, String where) {
        LossInput before = SampleInputs.copy(input);
        LossResult result = loss.of(input);
        require(SampleInputs.equal(before, input), where, "the input was changed");
        checkShape(input, result, names, where);
        checkDeterminism(input, result, where);
        checkMask(input, result, where);
        checkSum(input, result, where);
        checkDerivative(input, result, where);
    }

    private static void checkShape(LossInput input, LossResult result, Set<String> names, String where) {
        require(result.derivative().length == input.tokens(), where, "the derivative is not one number a token");
        require(Double.isFinite(result.value()), where, "the value is " + result.value());
        for (int t = 0; t < input.tokens(); t++) {
            double derivative = result.derivative()[t];
            require(Double.isFinite(derivative), where, "the derivative of token " + t + " is " + derivative);
        }
        require(
                names.equals(result.figures().keySet()),
                where,
                "the figures are " + result.figures() + ", not " + names);
        result.figures().forEach((name, figure) -> {
            boolean count = name.equals(LossResult.CLIPPED) || name.equals(LossResult.MASKED);
            boolean valid = count ? figure >= 0 && figure <= unmasked(input) : Double.isFinite(figure);
            require(valid, where, "the figure " + name + " is " + figure);
        });
    }

    private void checkDeterminism(LossInput input, LossResult result, String where) {
        LossResult again = loss.of(SampleInputs.copy(input));
        require(
                result.value() == again.value()
                        && same(result.derivative(), again.derivative())
                        && result.figures().equals(again.figures()),
                where,
                "the same input gives another result");
    }

    /** A token of weight 0 has no derivative, and nothing changes with it. */
    private void checkMask(LossInput input, LossResult result, String where) {
        for (int t = 0; t < input.tokens(); t++) {
            if (input.tokenWeights()[t] == 0) {
                require(result.derivative()[t] == 0, where, "token " + t + " is masked and has a derivative");
                LossResult other = loss.of(SampleInputs.withLogProb(input, t, input.logProbs()[t] - 1));
                require(
                        other.value() == result.value() && same(other.derivative(), result.derivative()),
                        where,
                        "token " + t + " is masked and changes the result");
            }
        }
    }

    /** The first sequence and the rest, each as a micro-batch, add up to the whole. */
    private void checkSum(LossInput input, LossResult result, String where) {
        int end = input.sequenceEnd(0);
        LossResult first = loss.of(SampleInputs.slice(input, 0, end));
        LossResult rest = loss.of(SampleInputs.slice(input, end, input.tokens()));
        double sum = first.value() + rest.value();
        require(
                Math.abs(sum - result.value()) <= 100 * ROUNDING * magnitude(input),
                where,
                "the losses of its parts are " + sum + " together, not " + result.value());
        for (int t = 0; t < input.tokens(); t++) {
            double alone = t < end ? first.derivative()[t] : rest.derivative()[t - end];
            require(
                    Math.abs(alone - result.derivative()[t]) <= RELATIVE * Math.abs(alone),
                    where,
                    "the derivative of token " + t + " depends on other sequences");
        }
    }

    private void checkDerivative(LossInput input, LossResult result, String where) {
        double rounding = ROUNDING * magnitude(input);
        double value = surrogate.of(input, input);
        require(
                Math.abs(value - result.value()) <= 100 * rounding,
                where,
                "the surrogate is " + value + ", the value " + result.value());
        for (int t = 0; t < input.tokens(); t++) {
            double wide = difference(input, t, STEP);
            double narrow = difference(input, t, STEP / 2);
            double allowed = 4 * rounding / STEP;
            double size = Math.max(Math.abs(narrow), Math.abs(result.derivative()[t]));
            tokens++;
            if (Math.abs(wide - narrow) <= allowed + RELATIVE / 2 * Math.abs(narrow)) {
                compared++;
                require(
                        Math.abs(narrow - result.derivative()[t]) <= allowed + RELATIVE * size,
                        where,
                        "the derivative of token " + t + " is " + result.derivative()[t] + ", but the value changes by "
                                + narrow + ": if the loss detaches factors, check it with a surrogate");
            }
        }
    }

    private double difference(LossInput input, int token, double step) {
        float up = (float) (input.logProbs()[token] + step);
        float down = (float) (input.logProbs()[token] - step);
        return (surrogate.of(SampleInputs.withLogProb(input, token, up), input)
                        - surrogate.of(SampleInputs.withLogProb(input, token, down), input))
                / ((double) up - down);
    }

    /** What a sum over the tokens loses to rounding is within a small multiple of this and of a rounding. */
    private static double magnitude(LossInput input) {
        double sum = 0;
        for (int t = 0; t < input.tokens(); t++) {
            double away = (double) input.referenceLogProbs()[t] - input.logProbs()[t];
            double largest = input.ratio(t) + Math.exp(Math.min(LossInput.MAXIMUM_LOG_RATIO, away));
            sum += input.tokenWeights()[t]
                    * (1 + Math.abs(input.advantages()[t]))
                    * (1 + largest)
                    * (1 + Math.abs(input.logProbs()[t]));
        }
        return sum;
    }

    /** Zeros of both signs are the same: which of them a masked token has does not matter. */
    private static boolean same(double[] first, double[] second) {
        boolean same = first.length == second.length;
        for (int t = 0; same && t < first.length; t++) {
            same = first[t] == second[t];
        }
        return same;
    }

    private static long unmasked(LossInput input) {
        return Arrays.stream(input.tokenWeights()).filter(weight -> weight != 0).count();
    }

    private static void require(boolean holds, String where, String failure) {
        if (!holds) {
            throw new AssertionError(where + ": " + failure);
        }
    }
}
