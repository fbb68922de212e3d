package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Measured;
import io.tramontane.rewards.math.syntax.Expression.Negation;
import io.tramontane.rewards.math.syntax.Expression.PlusMinus;
import io.tramontane.rewards.math.syntax.Expression.Product;
import io.tramontane.rewards.math.syntax.Expression.Quotient;
import io.tramontane.rewards.math.syntax.Expression.Ratio;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import io.tramontane.rewards.math.syntax.Expression.Sum;
import io.tramontane.rewards.math.syntax.Expression.Union;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses LaTeX and plain notation by recursive descent. From loose to tight: list, relation, ratio, union, sum,
 * product, sign, power, postfix. Not thread-safe: one parser a text.
 */
public final class Parser {

    private final TokenCursor cursor;
    private final Boundaries boundaries;
    private final Brackets brackets;
    private final Juxtaposition juxtaposition;
    private final Powers powers;
    private final Words words;
    private final Commands commands;

    private Parser(TokenCursor cursor) {
        this.cursor = cursor;
        this.boundaries = new Boundaries(cursor);
        this.brackets = new Brackets(this, cursor, boundaries);
        MeasuredValues measuredValues = new MeasuredValues(this, cursor);
        this.juxtaposition = new Juxtaposition(this, cursor, measuredValues);
        this.powers = new Powers(this, cursor, measuredValues, brackets);
        Functions functions = new Functions(this, cursor, boundaries, measuredValues);
        this.words = new Words(this, cursor, functions);
        this.commands = new Commands(this, brackets, functions, new Environments(this, cursor, brackets));
    }

    /**
     * @param commasGroup whether 1,000 is a thousand; otherwise it is a list
     * @throws SyntaxException when the text is no expression
     */
    public static Expression parse(String text, boolean commasGroup, Budget budget) {
        budget.spend(text.length() * 4L);
        TokenCursor cursor = new TokenCursor(Lexer.tokens(text, commasGroup), budget);
        Expression expression = new Parser(cursor).list(' ', ' ');
        if (cursor.peek().kind() != Token.Kind.END) {
            throw unexpected(cursor.peek());
        }
        return expression;
    }

    private static SyntaxException unexpected(Token token) {
        return new SyntaxException("'" + token.text() + "' is not expected");
    }

    /** Items up to what ends a sequence. A single one between equal delimiters is itself. */
    Expression list(char open, char close) {
        cursor.enter();
        List<Expression> items = new ArrayList<>();
        boolean separated = true;
        while (separated && !boundaries.endsList()) {
            items.add(relation());
            separated = false;
            while (boundaries.separates()) {
                cursor.skip(1);
                separated = true;
            }
        }
        cursor.leave();
        if (items.size() == 1 && (open == ' ' || open == '(' && close == ')' || open == '[' && close == ']')) {
            return items.get(0);
        }
        if (items.isEmpty() && open == ' ') {
            throw new SyntaxException("nothing there");
        }
        return new Sequence(List.copyOf(items), open, close);
    }

    private Expression relation() {
        List<Expression> sides = new ArrayList<>();
        List<String> signs = new ArrayList<>();
        sides.add(ratio());
        for (String sign = RelationSigns.accept(cursor); sign != null; sign = RelationSigns.accept(cursor)) {
            signs.add(sign);
            sides.add(ratio());
        }
        return signs.isEmpty() ? sides.get(0) : new Relation(List.copyOf(sides), List.copyOf(signs));
    }

    private Expression ratio() {
        List<Expression> parts = new ArrayList<>();
        parts.add(union());
        while (cursor.accept(":") || cursor.acceptCommand("colon")) {
            parts.add(union());
        }
        return parts.size() == 1 ? parts.get(0) : new Ratio(List.copyOf(parts));
    }

    private Expression union() {
        List<Expression> parts = new ArrayList<>();
        parts.add(sum());
        while (true) {
            if (acceptUnionSign()) {
                parts.add(sum());
            } else if (cursor.peek().isCommand("setminus")
                    || cursor.peek().isCommand("backslash")
                    || cursor.peek().isCommand("cap")) {
                String name = cursor.next().text();
                Expression other = sum();
                Expression left = parts.remove(parts.size() - 1);
                parts.add(new Function(name, List.of(left, other)));
            } else {
                return parts.size() == 1 ? parts.get(0) : new Union(List.copyOf(parts));
            }
        }
    }

    private boolean acceptUnionSign() {
        if (cursor.acceptCommand("cup")) {
            return true;
        }
        boolean letter = cursor.peek().kind() == Token.Kind.WORD
                && cursor.peek().text().equals("U")
                && cursor.peek(1).isMark("(");
        if (letter) {
            cursor.skip(1);
        }
        return letter;
    }

    private Expression sum() {
        cursor.enter();
        List<Expression> terms = new ArrayList<>();
        terms.add(term());
        while (true) {
            if (cursor.accept("+")) {
                terms.add(cursor.accept("-") ? new Negation(term()) : term());
            } else if (cursor.accept("-")) {
                terms.add(new Negation(term()));
            } else if (isPlusMinus(cursor.peek())) {
                boolean minusFirst = cursor.next().isCommand("mp");
                Expression both = new PlusMinus(sumOf(terms), term(), minusFirst);
                terms.clear();
                terms.add(both);
            } else {
                cursor.leave();
                return sumOf(terms);
            }
        }
    }

    private static boolean isPlusMinus(Token token) {
        return token.isCommand("pm") || token.isCommand("mp");
    }

    private static Expression sumOf(List<Expression> terms) {
        return terms.size() == 1 ? terms.get(0) : new Sum(List.copyOf(terms));
    }

    Expression term() {
        if (cursor.accept("-")) {
            return new Negation(term());
        }
        if (cursor.accept("+")) {
            return term();
        }
        if (isPlusMinus(cursor.peek())) {
            boolean minusFirst = cursor.next().isCommand("mp");
            return new PlusMinus(null, term(), minusFirst);
        }
        Expression left = power();
        while (true) {
            if (acceptTimes()) {
                left = product(left, signed());
            } else if (cursor.accept("/") || cursor.acceptCommand("div")) {
                left = new Quotient(left, signed());
            } else if (cursor.acceptCommand("over")) {
                return new Quotient(left, term());
            } else if (cursor.acceptCommand("choose")) {
                return new Function("binom", List.of(left, term()));
            } else if (boundaries.startsFactor()) {
                left = juxtaposition.following(left);
            } else {
                return left;
            }
        }
    }

    private boolean acceptTimes() {
        boolean sign = cursor.accept("*")
                || cursor.acceptCommand("cdot")
                || cursor.acceptCommand("times")
                || cursor.acceptCommand("ast");
        if (sign) {
            cursor.accept("*");
        }
        return sign;
    }

    private Expression signed() {
        if (cursor.accept("-")) {
            return new Negation(signed());
        }
        cursor.accept("+");
        return power();
    }

    static Expression product(Expression left, Expression right) {
        if (left instanceof Product product) {
            List<Expression> factors = new ArrayList<>(product.factors());
            factors.add(right);
            return new Product(List.copyOf(factors));
        }
        return new Product(List.of(left, right));
    }

    Expression power() {
        return powers.power();
    }

    Expression exponent() {
        return powers.exponent();
    }

    /** An argument of a command: a group, or a single digit or letter. */
    Expression argument() {
        if (cursor.peek().isMark("{")) {
            return brackets.group();
        }
        cursor.cut();
        return atom();
    }

    Expression atom() {
        cursor.enter();
        Token token = cursor.next();
        Expression atom = switch (token.kind()) {
            case NUMBER -> new Expression.Number(token.value(), token.decimals());
            case WORD -> words.word(token);
            case TEXT -> words.text(token);
            case COMMAND -> commands.command(token.text());
            case MARK -> mark(token);
            case END -> throw new SyntaxException("it ends too early");
        };
        cursor.leave();
        return atom;
    }

    private Expression mark(Token token) {
        switch (token.text()) {
            case "(", "[", "]":
                return brackets.bracketed(token.text().charAt(0));
            case "{":
                return brackets.restOfGroup();
            case "|":
                return brackets.barred();
            case "€", "£":
                return new Measured(power(), token.text());
            default:
                throw unexpected(token);
        }
    }
}
