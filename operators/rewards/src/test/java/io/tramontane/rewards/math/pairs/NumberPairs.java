package io.tramontane.rewards.math.pairs;

import io.tramontane.rewards.math.pairs.PairKind.Sides;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Integers, decimals, fractions, percentages, quantities, large powers. */
final class NumberPairs {

    private static final List<String> UNITS = List.of(
            "\\text{ cm}",
            "\\text{ meters}",
            "\\ \\text{km}",
            "\\text{ cm}^2",
            "\\mathrm{~m}",
            "\\text{ hours}",
            " \\text{ dollars}",
            "\\text{ square units}",
            "^\\circ",
            " \\mbox{ inches}",
            "\\text{ km/h}");

    private NumberPairs() {}

    static List<PairKind> rewrites() {
        return List.of(
                new PairKind("integer", draw -> {
                    Fraction value = Fraction.of(draw.nonZero(99_999_999));
                    String way = draw.oneOf(
                            Notation.grouped(draw, value),
                            value.numerator() + ".0",
                            value.numerator() + ".00",
                            "{" + value.numerator() + "}",
                            value.numerator().toString().replace("-", "−"),
                            value.numerator() + "/1");
                    return wrapped(draw, value.numerator().toString(), way);
                }),
                new PairKind("fraction", draw -> {
                    Fraction value = draw.fraction(60);
                    return wrapped(draw, Notation.fraction(draw, value), Notation.fraction(draw, value));
                }),
                new PairKind("mixed number", draw -> {
                    Fraction value = draw.such(
                            () -> draw.fraction(40), drawn -> drawn.absolute().compareTo(Fraction.ONE) > 0);
                    return wrapped(draw, Notation.mixed(draw, value), Notation.fraction(draw, value));
                }),
                new PairKind("decimal", draw -> {
                    Fraction value = finite(draw);
                    String decimal = Notation.decimal(value);
                    String way = draw.oneOf(
                            decimal + "0",
                            Notation.plain(value),
                            Notation.scientific(draw, value, draw.nonZero(6)),
                            decimal.replaceFirst("^(-?)0\\.", "$1."));
                    return wrapped(draw, decimal, way);
                }),
                new PairKind("percent", draw -> {
                    Fraction value = draw.chance(0.5)
                            ? Fraction.of(draw.between(1, 100))
                            : finite(draw).absolute();
                    String number = Notation.decimal(value);
                    String way = draw.oneOf(
                            number + "%",
                            number + " \\%",
                            number + "\\text{ percent}",
                            "$" + number + "$ percent",
                            number);
                    return new Sides(Wrapping.around(draw, number + "\\%"), way);
                }),
                new PairKind("quantity", draw -> {
                    String number =
                            Notation.decimal(draw.chance(0.5) ? Fraction.of(draw.between(1, 5000)) : finite(draw));
                    return wrapped(draw, number, number + draw.oneOf(UNITS));
                }),
                new PairKind("currency", draw -> {
                    Fraction value = Fraction.of(draw.between(100, 99_999_999), 100);
                    String cents =
                            new BigDecimal(Notation.decimal(value)).setScale(2).toPlainString();
                    return Sides.either(
                            draw,
                            Notation.decimal(value),
                            draw.oneOf("\\$" + cents, "$\\$" + cents + "$", cents, "\\$ " + cents));
                }),
                new PairKind("integer power", draw -> {
                    int base = draw.between(2, 12);
                    int exponent = draw.between(2, 9);
                    BigInteger value = BigInteger.valueOf(base).pow(exponent);
                    String way = draw.oneOf(
                            base + "^{" + exponent + "}",
                            base + " \\cdot " + base + "^{" + (exponent - 1) + "}",
                            "\\frac{" + base + "^{" + (exponent + 3) + "}}{" + base + "^3}",
                            "(" + base * base + ")^{" + exponent + "/2}");
                    return wrapped(draw, value.toString(), way);
                }),
                new PairKind("large power", draw -> {
                    int base = draw.between(2, 50);
                    int exponent = draw.between(100, 100_000);
                    return wrapped(
                            draw,
                            base + "^{" + 2 * exponent + "}",
                            draw.oneOf(
                                    base * base + "^{" + exponent + "}",
                                    "(" + base + "^{" + exponent + "})^2",
                                    base + "\\cdot " + base + "^{" + (2 * exponent - 1) + "}"));
                }),
                new PairKind("factorial", draw -> {
                    int n = draw.between(3, 20);
                    return wrapped(
                            draw,
                            factorial(n).toString(),
                            draw.oneOf(
                                    n + "!",
                                    n + " \\cdot " + (n - 1) + "!",
                                    "\\frac{" + (n + 1) + "!}{" + (n + 1) + "}"));
                }),
                new PairKind("binomial", draw -> {
                    int n = draw.between(4, 30);
                    int k = draw.between(1, n - 1);
                    BigInteger value = factorial(n).divide(factorial(k)).divide(factorial(n - k));
                    return wrapped(
                            draw,
                            value.toString(),
                            draw.oneOf(
                                    "\\binom{" + n + "}{" + k + "}",
                                    "\\dbinom{" + n + "}{" + (n - k) + "}",
                                    "\\frac{" + n + "!}{" + k + "! \\cdot " + (n - k) + "!}",
                                    "{" + n + " \\choose " + k + "}"));
                }),
                new PairKind("arithmetic", draw -> {
                    Fraction a = draw.number(50);
                    Fraction b = draw.number(50);
                    return draw.chance(0.5)
                            ? wrapped(draw, Notation.plain(a.plus(b)), operation(a, " + ", b))
                            : wrapped(
                                    draw,
                                    Notation.plain(a.times(b)),
                                    operation(a, draw.oneOf(" \\cdot ", " \\times "), b));
                }));
    }

    static List<PairKind> nearMisses() {
        return List.of(
                miss(
                        "integer",
                        draw -> Fraction.of(draw.nonZero(99_999_999)),
                        (draw, value) -> draw.chance(0.3) ? Notation.grouped(draw, value) : Notation.plain(value)),
                miss("fraction", draw -> draw.fraction(60), Notation::number),
                miss(
                        "mixed number",
                        draw -> draw.such(
                                () -> draw.fraction(40),
                                drawn -> drawn.absolute().compareTo(Fraction.ONE) > 0),
                        (draw, value) -> value.isInteger() || value.absolute().compareTo(Fraction.ONE) < 0
                                ? Notation.plain(value)
                                : Notation.mixed(draw, value)),
                miss("decimal", NumberPairs::finite, (draw, value) -> Notation.decimal(value)),
                miss(
                        "scientific",
                        NumberPairs::finite,
                        (draw, value) -> Notation.scientific(draw, value, draw.nonZero(6))),
                new PairKind("percent", draw -> {
                    Fraction value = Fraction.of(draw.between(2, 9999), draw.oneOf(1, 10, 100));
                    Fraction other = draw.such(() -> mutated(draw, value), changed -> changed.decimals() >= 0);
                    return Sides.either(
                            draw,
                            Notation.decimal(value) + "\\%",
                            Notation.decimal(other) + draw.oneOf("\\%", "%", " percent", ""));
                }),
                new PairKind("quantity", draw -> {
                    Fraction value = Fraction.of(draw.between(2, 5000));
                    String unit = draw.oneOf(UNITS);
                    return Sides.either(
                            draw,
                            Notation.plain(value) + unit,
                            Notation.plain(draw.such(() -> mutated(draw, value), Fraction::isInteger)) + unit);
                }),
                new PairKind("off by 1e-9", draw -> {
                    Fraction value = Fraction.of(draw.nonZero(999_999_999), 1_000_000_000);
                    Fraction other = value.plus(Fraction.of(draw.nonZero(1), 1_000_000_000));
                    return wrapped(draw, Notation.decimal(value), Notation.decimal(other));
                }),
                new PairKind("rounded fraction", draw -> {
                    Fraction value = draw.such(() -> draw.fraction(60), drawn -> drawn.decimals() < 0);
                    int digits = draw.between(5, 16);
                    BigInteger scale = BigInteger.TEN.pow(digits);
                    Fraction rounded = new Fraction(
                            value.times(Fraction.of(scale)).numerator().divide(value.denominator()), scale);
                    return value.equals(rounded)
                            ? wrapped(draw, Notation.plain(value), Notation.plain(value.negated()))
                            : wrapped(draw, Notation.plain(value), Notation.decimal(rounded));
                }),
                new PairKind("large power", draw -> {
                    int base = draw.between(2, 50);
                    int exponent = draw.between(100, 1_000_000_000);
                    String power = base + "^{" + exponent + "}";
                    return wrapped(
                            draw,
                            power,
                            draw.oneOf(
                                    base + "^{" + (exponent + draw.nonZero(1)) + "}",
                                    (base + 1) + "^{" + exponent + "}",
                                    power + " + 1",
                                    "-" + power,
                                    power + " + 10^{-9}"));
                }),
                new PairKind("tower", draw -> {
                    int base = draw.between(2, 9);
                    int top = draw.between(5, 99);
                    return wrapped(draw, tower(base, top), tower(base, top + draw.nonZero(1)));
                }),
                new PairKind("factorial", draw -> {
                    int n = draw.between(3, 1_000_000_000);
                    return wrapped(
                            draw,
                            n + "!",
                            draw.oneOf((n + 1) + "!", n + "! + 1", "-" + n + "!", "(" + n + "-1)!", n + ""));
                }),
                new PairKind("field order", draw -> {
                    // 2^(p-1) = 1 and p = 0 in GF(p), for primes that a kernel may well compute in.
                    String prime = draw.oneOf(
                            "2147483647",
                            "2305843009213693951",
                            "1000000007",
                            "998244353",
                            "1000000009",
                            "4294967291",
                            "9223372036854775783",
                            "18446744073709551557",
                            "2147483629");
                    BigInteger p = new BigInteger(prime);
                    int base = draw.between(2, 99);
                    return draw.oneOf(
                            wrapped(draw, base + "^{" + p.subtract(BigInteger.ONE) + "}", "1"),
                            wrapped(draw, base + "^{" + p + "}", base + ""),
                            wrapped(draw, prime + " \\cdot " + base, "0"),
                            wrapped(draw, p.add(BigInteger.valueOf(base)).toString(), base + ""),
                            wrapped(draw, prime + "! + " + base, base + ""),
                            wrapped(draw, "x^{" + p + "} + " + base, "x + " + base));
                }));
    }

    private static PairKind miss(
            String name, Function<Draw, Fraction> value, BiFunction<Draw, Fraction, String> notation) {
        return new PairKind(name, draw -> {
            Fraction drawn = value.apply(draw);
            Fraction other = draw.such(
                    () -> mutated(draw, drawn),
                    changed -> (drawn.decimals() < 0 || changed.decimals() >= 0)
                            && (!drawn.isInteger() || changed.isInteger()));
            return wrapped(draw, notation.apply(draw, drawn), notation.apply(draw, other));
        });
    }

    /** A value that differs: sign, a digit, one more or less, the fraction upside down, a power of ten. */
    static Fraction mutated(Draw draw, Fraction value) {
        return draw.such(
                () -> switch (draw.between(0, 5)) {
                    case 0 -> value.negated();
                    case 1 -> value.plus(Fraction.of(draw.nonZero(1)));
                    case 2 -> new Fraction(digitChanged(draw, value.numerator()), value.denominator());
                    case 3 ->
                        new Fraction(
                                value.numerator(),
                                digitChanged(draw, value.denominator()).abs());
                    case 4 -> value.isZero() ? Fraction.ONE : new Fraction(value.denominator(), value.numerator());
                    default -> value.times(Fraction.of(draw.oneOf(10, 1000)));
                },
                changed -> !changed.equals(value) && !percentOf(changed, value) && !percentOf(value, changed));
    }

    /** As a percentage may be meant or not, a factor of 100 is no difference to rely on. */
    private static boolean percentOf(Fraction one, Fraction other) {
        return one.equals(other.times(Fraction.of(100)));
    }

    private static BigInteger digitChanged(Draw draw, BigInteger integer) {
        char[] digits = integer.abs().toString().toCharArray();
        int place = draw.between(0, digits.length - 1);
        digits[place] = (char) ('1' + draw.between(0, 8));
        BigInteger changed = new BigInteger(new String(digits));
        return integer.signum() < 0 ? changed.negate() : changed;
    }

    private static Fraction finite(Draw draw) {
        return draw.such(
                () -> Fraction.of(draw.nonZero(99_999), draw.oneOf(2, 4, 5, 8, 10, 100, 1000)),
                value -> !value.isInteger());
    }

    private static String operation(Fraction a, String operator, Fraction b) {
        return Notation.plain(a) + operator + (b.signum() < 0 ? "(" + Notation.plain(b) + ")" : Notation.plain(b));
    }

    private static BigInteger factorial(int n) {
        return LongStream.rangeClosed(1, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    private static String tower(int base, int top) {
        return base + "^{" + base + "^{" + base + "^{" + top + "}}}";
    }

    private static Sides wrapped(Draw draw, String one, String other) {
        return Sides.either(draw, Wrapping.around(draw, one), Wrapping.around(draw, other));
    }
}
