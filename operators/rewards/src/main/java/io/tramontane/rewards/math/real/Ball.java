package io.tramontane.rewards.math.real;

import java.math.BigInteger;

/**
 * All numbers between {@code (mantissa - radius) * 2^exponent} and {@code (mantissa + radius) * 2^exponent}; the number
 * meant is one of them.
 *
 * @param mantissa middle, in units of {@code 2^exponent}
 * @param exponent binary exponent of the unit
 * @param radius not negative, in units of {@code 2^exponent}
 */
public record Ball(BigInteger mantissa, long exponent, BigInteger radius) implements Real {

    BigInteger low() {
        return mantissa.subtract(radius);
    }

    BigInteger high() {
        return mantissa.add(radius);
    }

    Ball negated() {
        return new Ball(mantissa.negate(), exponent, radius);
    }

    @Override
    public boolean isExactlyZero() {
        return mantissa.signum() == 0 && radius.signum() == 0;
    }

    @Override
    public boolean mayBeZero() {
        return mantissa.abs().compareTo(radius) <= 0;
    }

    @Override
    public int sign() {
        if (mayBeZero() && !isExactlyZero()) {
            throw new UndefinedValueException(
                    UndefinedValueException.Cause.IMPRECISE, "a sign is not decided at this precision");
        }
        return mantissa.signum();
    }

    @Override
    public long upperLog2() {
        return isExactlyZero()
                ? Long.MIN_VALUE
                : exponent + mantissa.abs().add(radius).bitLength();
    }
}
