package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Negation;
import io.tramontane.rewards.math.syntax.Expression.Power;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import io.tramontane.rewards.math.syntax.Expression.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Functions called by their names, with the indices, exponents and arguments that follow. */
final class Functions {

    private static final Set<String> NAMES = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log",
            "lg", "exp", "gcd", "lcm", "max", "min", "det", "deg", "asin", "acos", "atan", "sqrt", "abs", "floor",
            "ceil", "Re", "Im", "arg", "cis", "sum", "prod", "int", "lim", "binom", "sgn", "arccot", "coth", "cbrt",
            "iint");

    /** Those with bounds, below and above. */
    private static final Set<String> BIG = Set.of("sum", "prod", "int", "lim", "iint");

    /** Those whose exponent −1 means the inverse function. */
    private static final Set<String> INVERTED = Set.of("sin", "cos", "tan");

    private final Parser parser;
    private final TokenCursor cursor;
    private final Boundaries boundaries;
    private final MeasuredValues measuredValues;

    Functions(Parser parser, TokenCursor cursor, Boundaries boundaries, MeasuredValues measuredValues) {
        this.parser = parser;
        this.cursor = cursor;
        this.boundaries = boundaries;
        this.measuredValues = measuredValues;
    }

    static boolean isName(String word) {
        return NAMES.contains(word);
    }

    /** @param name already taken */
    Expression function(String name) {
        if (name.equals("sqrt") || name.equals("cbrt")) {
            return root(parser.atom(), name.equals("sqrt") ? 2 : 3);
        }
        Expression index = null;
        Expression exponent = null;
        while (cursor.peek().isMark("_") || cursor.peek().isMark("^")) {
            if (cursor.next().isMark("_")) {
                index = parser.argument();
            } else if (measuredValues.acceptDegrees()) {
                throw new SyntaxException("degrees of a function");
            } else {
                exponent = parser.exponent();
            }
        }
        if (BIG.contains(name)) {
            return new Function(name, List.of(bound(index), bound(exponent), parser.term()));
        }
        String called = index != null && name.equals("log") ? "logbase" : name;
        List<Expression> arguments = arguments(index);
        if (exponent == null) {
            return new Function(called, arguments);
        }
        return isMinusOne(exponent) && INVERTED.contains(name)
                ? new Function("arc" + name, arguments)
                : new Power(new Function(called, arguments), exponent);
    }

    private static Expression bound(Expression given) {
        return given == null ? new Text("") : given;
    }

    private static boolean isMinusOne(Expression exponent) {
        return exponent instanceof Negation negation
                && negation.value() instanceof Expression.Number number
                && number.value().equals(Rational.ONE);
    }

    /** @param index the first argument, unless it is null */
    private List<Expression> arguments(Expression index) {
        List<Expression> arguments = new ArrayList<>();
        if (index != null) {
            arguments.add(index);
        }
        if (cursor.peek().isMark("(")
                || cursor.peek().isMark("{")
                || cursor.peek().isMark("[")) {
            Expression inside = parser.atom();
            if (inside instanceof Sequence sequence && sequence.open() == '(') {
                arguments.addAll(sequence.items());
            } else {
                arguments.add(inside);
            }
        } else {
            arguments.add(bareArgument());
        }
        return List.copyOf(arguments);
    }

    /** Without parentheses a function takes the factors up to the next sign or function: sin 2x cos x. */
    private Expression bareArgument() {
        if (cursor.accept("-")) {
            return new Negation(bareArgument());
        }
        Expression argument = parser.power();
        while (boundaries.startsFactor() && !endsBareArgument(cursor.peek())) {
            argument = Parser.product(argument, parser.power());
        }
        return argument;
    }

    private static boolean endsBareArgument(Token token) {
        return switch (token.kind()) {
            case MARK -> token.isMark("(");
            case COMMAND -> isName(token.text()) && !token.isCommand("sqrt");
            case WORD -> isName(token.text());
            case TEXT -> true;
            case NUMBER, END -> false;
        };
    }

    /** The root sign, already taken, with its degree in square brackets. */
    Expression rootSign() {
        if (cursor.accept("[")) {
            Expression degree = parser.list(' ', ' ');
            cursor.require("]", "the degree of a root is not closed");
            return new Function("root", List.of(parser.argument(), degree));
        }
        boolean enclosed = cursor.peek().isMark("{") || cursor.peek().isMark("(");
        return root(enclosed ? parser.atom() : parser.argument(), 2);
    }

    private static Expression root(Expression value, long degree) {
        return new Function("root", List.of(value, new Expression.Number(Rational.of(degree), 0)));
    }
}
