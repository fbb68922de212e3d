package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.evaluation.Complex;
import io.tramontane.rewards.math.evaluation.ComplexEvaluator;
import io.tramontane.rewards.math.evaluation.ModularEvaluator;
import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.real.Real;
import io.tramontane.rewards.math.real.RealArithmetic;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.syntax.Expression;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Whether two expressions have the same value everywhere.
 *
 * <p>Rational expressions are compared in GF(p) for two primes at random points. What has roots or transcendental
 * functions is enclosed at random points of both signs, with more and more digits: enclosures that are apart prove a
 * difference; those that still overlap and are narrower than 2^-{@value #ACCEPTING_BITS} are taken for equal. A value
 * that is not finite, or not known, is never accepted.
 */
final class Equivalence {

    /** Mersenne primes: 2^61 − 1 and 2^89 − 1. */
    private static final List<BigInteger> PRIMES = List.of(
            BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(89).subtract(BigInteger.ONE));

    private static final int[] PRECISIONS = {192, 896};
    private static final int ACCEPTING_BITS = 600;
    private static final int POINTS = 4;
    private static final int TRIES = 12;

    private final Budget budget;

    Equivalence(Budget budget) {
        this.budget = budget;
    }

    Likeness compare(Expression left, Expression right) {
        Expression first = Symbols.opaque(left);
        Expression second = Symbols.opaque(right);
        TreeSet<String> names = new TreeSet<>();
        Symbols.collect(first, names);
        TreeSet<String> others = new TreeSet<>();
        Symbols.collect(second, others);
        names.addAll(others);
        if (names.isEmpty()) {
            return constants(first, second);
        }
        SplittableRandom random = new SplittableRandom(
                first.toString().hashCode() * 31L + second.toString().hashCode());
        Likeness modular = modular(first, second, names, random);
        return modular == Likeness.UNKNOWN ? enclosed(first, second, names, random) : modular;
    }

    private Likeness modular(Expression first, Expression second, TreeSet<String> names, SplittableRandom random) {
        int agreed = 0;
        for (int attempt = 0; attempt < TRIES && agreed < POINTS; attempt++) {
            Map<String, BigInteger> point = new HashMap<>();
            names.forEach(name -> point.put(name, BigInteger.valueOf(random.nextInt(3, 1 << 20))));
            BigInteger prime = PRIMES.get(attempt % PRIMES.size());
            try {
                ModularEvaluator evaluator = new ModularEvaluator(prime, point, budget);
                if (!evaluator.evaluate(first).equals(evaluator.evaluate(second))) {
                    return Likeness.DIFFERENT;
                }
                agreed++;
            } catch (UndefinedValueException e) {
                if (e.why() != UndefinedValueException.Cause.SINGULAR) {
                    return Likeness.UNKNOWN;
                }
            }
        }
        return agreed == POINTS ? Likeness.SAME : Likeness.UNKNOWN;
    }

    private Likeness enclosed(Expression first, Expression second, TreeSet<String> names, SplittableRandom random) {
        // x^{2/3} is for x > 0; written with a root sign it is not.
        boolean fractional = Symbols.hasFractionalPower(first) || Symbols.hasFractionalPower(second);
        int agreed = 0;
        for (int attempt = 0; attempt < TRIES && agreed < POINTS; attempt++) {
            Map<String, Rational> point = new HashMap<>();
            boolean negative = attempt % 2 == 1 && !fractional;
            names.forEach(name -> {
                Rational value = Rational.of(BigInteger.valueOf(random.nextInt(20, 300)), BigInteger.valueOf(97));
                point.put(name, negative && random.nextBoolean() ? value.negated() : value);
            });
            Likeness here = at(first, second, point);
            if (here == Likeness.DIFFERENT) {
                return here;
            }
            agreed += here == Likeness.SAME ? 1 : 0;
        }
        return agreed == POINTS ? Likeness.SAME : Likeness.UNKNOWN;
    }

    private Likeness constants(Expression first, Expression second) {
        Likeness likeness = at(first, second, Map.of());
        if (likeness != Likeness.UNKNOWN) {
            return likeness;
        }
        Likeness modular = modular(first, second, new TreeSet<>(), new SplittableRandom(1));
        return modular == Likeness.UNKNOWN ? towers(first, second) : modular;
    }

    /** a^x against a^y, for powers too large to compute: the same exactly when x and y are. */
    private Likeness towers(Expression first, Expression second) {
        if (first.equals(second) && first instanceof Expression.Function) {
            return Likeness.SAME;
        }
        if (!(first instanceof Expression.Power a)
                || !(second instanceof Expression.Power b)
                || !(a.base() instanceof Expression.Number base)
                || base.value().absolute().compareTo(Rational.ONE) <= 0
                || constants(a.base(), b.base()) != Likeness.SAME) {
            return Likeness.UNKNOWN;
        }
        return constants(a.exponent(), b.exponent());
    }

    /** At one point. */
    private Likeness at(Expression first, Expression second, Map<String, Rational> point) {
        for (int precision : PRECISIONS) {
            try {
                ComplexEvaluator evaluator = new ComplexEvaluator(precision, budget, point);
                RealArithmetic arithmetic = evaluator.arithmetic();
                Complex a = evaluator.evaluate(first);
                Complex b = evaluator.evaluate(second);
                Likeness likeness = compare(arithmetic, a.real(), b.real(), precision)
                        .and(compare(arithmetic, a.imaginary(), b.imaginary(), precision));
                if (likeness != Likeness.UNKNOWN) {
                    return likeness;
                }
            } catch (UndefinedValueException e) {
                if (e.why() != UndefinedValueException.Cause.IMPRECISE) {
                    return Likeness.UNKNOWN;
                }
            }
        }
        return Likeness.UNKNOWN;
    }

    private static Likeness compare(RealArithmetic arithmetic, Real a, Real b, int precision) {
        Real difference = arithmetic.subtract(a, b);
        if (difference.isExactlyZero()) {
            return Likeness.SAME;
        }
        if (!difference.mayBeZero()) {
            return Likeness.DIFFERENT;
        }
        // Absolute, not relative: a power and the same power plus 1 are relatively close.
        boolean close = precision >= PRECISIONS[PRECISIONS.length - 1] && difference.upperLog2() < -ACCEPTING_BITS;
        return close ? Likeness.SAME : Likeness.UNKNOWN;
    }

    /** Whether both are numbers that round to the same decimals. */
    boolean roundsAlike(Expression left, Expression right, int decimals) {
        try {
            ComplexEvaluator evaluator = new ComplexEvaluator(PRECISIONS[0], budget, Map.of());
            return rounded(evaluator, left, decimals).equals(rounded(evaluator, right, decimals));
        } catch (UndefinedValueException e) {
            return false;
        }
    }

    private static Rational rounded(ComplexEvaluator evaluator, Expression expression, int decimals) {
        RealArithmetic arithmetic = evaluator.arithmetic();
        Real scaled =
                arithmetic.multiply(evaluator.evaluate(expression).real(), Rational.of(BigInteger.TEN.pow(decimals)));
        return arithmetic.floor(arithmetic.add(scaled, Rational.of(BigInteger.ONE, BigInteger.TWO)));
    }

    /**
     * Whether two expressions are proportional by one constant.
     *
     * @param positive whether the constant must be positive
     */
    boolean proportional(Expression left, Expression right, boolean positive) {
        TreeSet<String> names = new TreeSet<>();
        Symbols.collect(Symbols.opaque(left), names);
        TreeSet<String> others = new TreeSet<>();
        Symbols.collect(Symbols.opaque(right), others);
        if (names.isEmpty() || !names.equals(others)) {
            return false;
        }
        SplittableRandom random = new SplittableRandom(left.toString().hashCode());
        Map<String, Rational> point = new HashMap<>();
        names.forEach(name ->
                point.put(name, Rational.of(BigInteger.valueOf(random.nextInt(20, 300)), BigInteger.valueOf(97))));
        try {
            ComplexEvaluator evaluator = new ComplexEvaluator(PRECISIONS[0], budget, point);
            Complex a = evaluator.evaluate(Symbols.opaque(left));
            Complex b = evaluator.evaluate(Symbols.opaque(right));
            if (!(a.real() instanceof Rational x)
                    || !(b.real() instanceof Rational y)
                    || y.isExactlyZero()
                    || x.isExactlyZero()) {
                return compare(left, right) == Likeness.SAME;
            }
            Rational factor = x.dividedBy(y);
            if (positive && factor.sign() < 0) {
                return false;
            }
            Expression scaled = new Expression.Product(List.of(new Expression.Number(factor, 0), right));
            return compare(left, scaled) == Likeness.SAME;
        } catch (UndefinedValueException e) {
            return false;
        }
    }
}
