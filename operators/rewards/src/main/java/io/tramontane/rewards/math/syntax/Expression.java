package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Rational;
import java.util.List;

/** What a person may write as an answer, as a tree. */
public sealed interface Expression {

    /**
     * A number as written.
     *
     * @param decimals digits behind the point; 0 for an integer
     */
    record Number(Rational value, int decimals) implements Expression {}

    /** A name: a variable, a constant without a value, a word. */
    record Symbol(String name) implements Expression {}

    /** π, e, i or ∞. */
    enum Constant implements Expression {
        PI,
        E,
        I,
        INFINITY
    }

    /** A sum of at least two terms. */
    record Sum(List<Expression> terms) implements Expression {}

    /** A product of at least two factors. */
    record Product(List<Expression> factors) implements Expression {}

    record Negation(Expression value) implements Expression {}

    record Quotient(Expression top, Expression bottom) implements Expression {}

    record Power(Expression base, Expression exponent) implements Expression {}

    /** A function with its arguments; one this kernel does not know stands for itself. */
    record Function(String name, List<Expression> arguments) implements Expression {}

    /**
     * Two values at once.
     *
     * @param left null for a sign alone
     * @param minusFirst whether it was written ∓
     */
    record PlusMinus(Expression left, Expression right, boolean minusFirst) implements Expression {}

    record Percent(Expression value) implements Expression {}

    /** A value with a unit, a currency or degrees. */
    record Measured(Expression value, String unit) implements Expression {}

    /**
     * Items between delimiters: a tuple, an interval, a set, or a bare list.
     *
     * @param open '(', '[', '{' or ' ' for none
     * @param close ')', ']', '}' or ' ' for none
     */
    record Sequence(List<Expression> items, char open, char close) implements Expression {}

    /** A union of sets. */
    record Union(List<Expression> parts) implements Expression {}

    /** Rows of equal length. */
    record Matrix(List<List<Expression>> rows) implements Expression {}

    /**
     * A chain of relations.
     *
     * @param sides one more than operators
     * @param operators of =, ≠, &lt;, ≤, &gt;, ≥, ≈, ∈, ≡
     */
    record Relation(List<Expression> sides, List<String> operators) implements Expression {}

    /** Parts of a ratio, a : b. */
    record Ratio(List<Expression> parts) implements Expression {}

    /** Words. */
    record Text(String words) implements Expression {}
}
