package io.tramontane.rewards.math.pairs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the generators draw from: seeded, so that a failing pair is found again. Not thread-safe. */
final class Draw {

    private static final int MOST_TRIES = 1000;

    private final SplittableRandom random;

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Between two bounds, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** From {@code -most} to {@code most} without zero. */
    int nonZero(int most) {
        int drawn = between(1, most);
        return random.nextBoolean() ? drawn : -drawn;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> List<T> shuffled(Collection<T> values) {
        List<T> left = new ArrayList<>(values);
        List<T> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }

    <T> List<T> list(int size, Supplier<T> element) {
        List<T> values = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            values.add(element.get());
        }
        return values;
    }

    /** Elements that all differ. */
    <T> List<T> distinct(int size, Supplier<T> element) {
        List<T> values = new ArrayList<>();
        while (values.size() < size) {
            values.add(such(element, value -> !values.contains(value)));
        }
        return values;
    }

    /** The first drawn one that is accepted. */
    <T> T such(Supplier<T> element, Predicate<T> accepted) {
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            T drawn = element.get();
            if (accepted.test(drawn)) {
                return drawn;
            }
        }
        throw new IllegalStateException("nothing acceptable was drawn");
    }

    /** A fraction that is no integer. */
    Fraction fraction(int most) {
        return such(() -> Fraction.of(nonZero(most), between(2, most)), value -> !value.isInteger());
    }

    /** An integer or a fraction. */
    Fraction number(int most) {
        return chance(0.6) ? Fraction.of(nonZero(most), 1) : fraction(most);
    }
}
