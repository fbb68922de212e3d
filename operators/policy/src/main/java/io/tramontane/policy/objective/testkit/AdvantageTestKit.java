package io.tramontane.policy.objective.testkit;

import io.tramontane.policy.objective.AdvantageEstimator;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Checks of what {@link AdvantageEstimator} promises, for estimators of your own:
 *
 * <pre>{@code
 * AdvantageTestKit.check(new MyAdvantage().create(settings), Set.of(AdvantageProperty.ZERO_MEAN));
 * }</pre>
 *
 * <p>Of every estimator: one finite number a reward or none at all, the same for the same rewards, which it does not
 * change; rewards in another order have their advantages in that order; and equal rewards, of which no completion is
 * the better, have 0 or none. Every failure is an {@link AssertionError} that names the rewards.
 */
public final class AdvantageTestKit {

    private static final double TOLERANCE = 1e-9;
    private static final int GROUPS = 300;
    private static final int LARGEST_GROUP = 16;

    /** What a completion gets for form, correctness and language, so that ties are common. */
    private static final double[] COMMON = {0, 0.1, 0.2, 1, 1.1};

    private final AdvantageEstimator estimator;

    private AdvantageTestKit(AdvantageEstimator estimator) {
        this.estimator = estimator;
    }

    /** Checks an estimator, and the properties that it promises beyond those of all. */
    public static void check(AdvantageEstimator estimator, Set<AdvantageProperty> promised) {
        AdvantageTestKit kit = new AdvantageTestKit(estimator);
        SplittableRandom random = new SplittableRandom(1);
        for (int group = 0; group < GROUPS; group++) {
            double[] rewards = new double[1 + random.nextInt(LARGEST_GROUP)];
            boolean common = random.nextBoolean();
            Arrays.setAll(rewards, i -> common ? COMMON[random.nextInt(COMMON.length)] : random.nextDouble(-0.1, 1.1));
            kit.check(rewards, promised, random);
            kit.checkEqual(rewards.length, rewards[0]);
        }
    }

    private void check(double[] rewards, Set<AdvantageProperty> promised, SplittableRandom random) {
        double[] kept = rewards.clone();
        Optional<double[]> advantages = estimator.of(rewards);
        require(Arrays.equals(kept, rewards), kept, "they were changed");
        advantages.ifPresent(values -> require(
                values.length == rewards.length && Arrays.stream(values).allMatch(Double::isFinite),
                rewards,
                "the advantages are " + Arrays.toString(values)));
        Optional<double[]> again = estimator.of(rewards.clone());
        require(
                advantages.isPresent() == again.isPresent()
                        && (advantages.isEmpty() || Arrays.equals(advantages.get(), again.get())),
                rewards,
                "the same rewards give other advantages");
        checkOrder(rewards, advantages, random);
        double by = random.nextDouble(0.5, 3);
        for (AdvantageProperty property : promised) {
            switch (property) {
                case SHIFT_INVARIANT -> compare(rewards, mapped(rewards, 1, by), advantages, 1, property);
                case SCALES -> compare(rewards, mapped(rewards, by, 0), advantages, by, property);
                case SCALE_INVARIANT -> compare(rewards, mapped(rewards, by, 0), advantages, 1, property);
                case ZERO_MEAN ->
                    advantages.ifPresent(values -> require(
                            Math.abs(Arrays.stream(values).sum()) <= TOLERANCE * largest(values) * values.length,
                            rewards,
                            "the advantages " + Arrays.toString(values) + " do not sum to 0"));
            }
        }
    }

    /** Turns the rewards by some places, then in reverse: together these make many orders. */
    private void checkOrder(double[] rewards, Optional<double[]> advantages, SplittableRandom random) {
        int by = random.nextInt(rewards.length);
        compare(rewards, turned(rewards, by), advantages.map(values -> turned(values, by)), 1, "another order");
    }

    private void checkEqual(int size, double reward) {
        double[] rewards = new double[size];
        Arrays.fill(rewards, reward);
        estimator
                .of(rewards)
                .ifPresent(values -> require(
                        Arrays.stream(values).allMatch(value -> value == 0),
                        rewards,
                        "they are equal, but the advantages are " + Arrays.toString(values)));
    }

    private void compare(
            double[] rewards, double[] others, Optional<double[]> advantages, double factor, Object property) {
        Optional<double[]> found = estimator.of(others);
        boolean same = found.isPresent() == advantages.isPresent();
        if (same && found.isPresent()) {
            double[] expected = mapped(advantages.get(), factor, 0);
            double allowed = TOLERANCE * (1 + largest(expected));
            for (int i = 0; i < expected.length; i++) {
                same &= Math.abs(expected[i] - found.get()[i]) <= allowed;
            }
        }
        require(
                same,
                rewards,
                property + " does not hold: " + Arrays.toString(others) + " give "
                        + found.map(Arrays::toString).orElse("none"));
    }

    private static double[] turned(double[] values, int by) {
        double[] turned = new double[values.length];
        Arrays.setAll(turned, i -> values[(values.length - 1 - i + by) % values.length]);
        return turned;
    }

    private static double[] mapped(double[] values, double factor, double summand) {
        return Arrays.stream(values).map(value -> factor * value + summand).toArray();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static void require(boolean holds, double[] rewards, String failure) {
        if (!holds) {
            throw new AssertionError("rewards " + Arrays.toString(rewards) + ": " + failure);
        }
    }
}
