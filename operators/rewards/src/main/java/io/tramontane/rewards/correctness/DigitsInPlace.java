package io.tramontane.rewards.correctness;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Partial credit for numbers: the share of digits that stand where the reference has them. Numbers are written out as
 * decimals, without exponents and superfluous zeros, and put one above the other by their decimal points.
 */
final class DigitsInPlace {

    /** Written out, a number with an exponent can be of any length. */
    private static final int MOST_DIGITS = 1_000;

    private DigitsInPlace() {}

    /**
     * @param reference the right answer
     * @param answer one that is wrong
     * @return from 0 to below 1; 0 when either is not a decimal number, or their signs differ, or what is wrong is the
     *     unit alone
     */
    static double share(String reference, String answer) {
        Optional<BigDecimal> expected = decimal(reference);
        Optional<BigDecimal> given = decimal(answer);
        if (expected.isEmpty() || given.isEmpty()) {
            return 0;
        }
        return expected.get().signum() == given.get().signum() && expected.get().compareTo(given.get()) != 0
                ? share(expected.get().abs(), given.get().abs())
                : 0;
    }

    private static double share(BigDecimal expected, BigDecimal given) {
        int scale = Math.max(expected.scale(), given.scale());
        String one = expected.setScale(scale).unscaledValue().toString();
        String other = given.setScale(scale).unscaledValue().toString();
        int places = Math.max(one.length(), other.length());
        int common = Math.min(one.length(), other.length());
        int same = 0;
        for (int fromTheEnd = 1; fromTheEnd <= common; fromTheEnd++) {
            if (one.charAt(one.length() - fromTheEnd) == other.charAt(other.length() - fromTheEnd)) {
                same++;
            }
        }
        return (double) same / places;
    }

    private static Optional<BigDecimal> decimal(String text) {
        return Quantity.read(text)
                .flatMap(quantity -> quantity.value().decimal())
                .filter(DigitsInPlace::isShort)
                .map(decimal -> decimal.scale() < 0 ? decimal.setScale(0) : decimal);
    }

    private static boolean isShort(BigDecimal decimal) {
        return Math.abs(decimal.scale()) + decimal.precision() <= MOST_DIGITS;
    }
}
