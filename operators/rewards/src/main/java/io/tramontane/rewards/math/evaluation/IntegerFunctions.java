package io.tramontane.rewards.math.evaluation;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.real.UndefinedValueException.Cause;
import java.math.BigInteger;

/** Functions of integers, as far as their values are of a size to compute. */
final class IntegerFunctions {

    private static final int LARGEST_FACTORIAL = 2_000;

    private final Budget budget;

    IntegerFunctions(Budget budget) {
        this.budget = budget;
    }

    /** @param step 1 for the factorial, 2 for the double factorial */
    BigInteger factorial(BigInteger value, int step) {
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(LARGEST_FACTORIAL)) > 0) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a factorial out of range");
        }
        BigInteger product = BigInteger.ONE;
        for (int factor = value.intValue(); factor > 1; factor -= step) {
            budget.spend(4 + product.bitLength() / 64);
            product = product.multiply(BigInteger.valueOf(factor));
        }
        return product;
    }

    BigInteger binomial(BigInteger n, BigInteger k) {
        if (n.bitLength() > 31
                || k.signum() < 0
                || k.compareTo(BigInteger.valueOf(LARGEST_FACTORIAL)) > 0
                || n.signum() < 0) {
            throw new UndefinedValueException(Cause.TOO_LARGE, "a binomial coefficient out of range");
        }
        BigInteger result = BigInteger.ONE;
        for (int factor = 0; factor < k.intValue(); factor++) {
            budget.spend(6 + result.bitLength() / 64);
            result = result.multiply(n.subtract(BigInteger.valueOf(factor))).divide(BigInteger.valueOf(factor + 1L));
        }
        return result;
    }

    /** The integer that decimal digits write in another base. */
    BigInteger inBase(BigInteger digits, BigInteger base) {
        if (base.bitLength() > 6) {
            throw UndefinedValueException.unsupported("a number in such a base");
        }
        try {
            return new BigInteger(digits.toString(), base.intValue());
        } catch (NumberFormatException e) {
            throw UndefinedValueException.unsupported("a digit that the base does not have");
        }
    }
}
