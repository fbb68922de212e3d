package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import java.util.List;

/** Whatever is closed by the sign that belongs to its opening one. */
final class Brackets {

    private final Parser parser;
    private final TokenCursor cursor;
    private final Boundaries boundaries;

    Brackets(Parser parser, TokenCursor cursor, Boundaries boundaries) {
        this.parser = parser;
        this.cursor = cursor;
        this.boundaries = boundaries;
    }

    /** Braces that only group. */
    Expression group() {
        cursor.require("{", "a group is missing");
        return restOfGroup();
    }

    /** A group whose brace is already taken. */
    Expression restOfGroup() {
        Expression content = parser.list(' ', ' ');
        cursor.require("}", "a brace is not closed");
        return content;
    }

    /**
     * Parentheses, a tuple or an interval.
     *
     * @param open already taken; ']' opens an interval without its end, in the French notation
     */
    Expression bracketed(char open) {
        int around = boundaries.openBrackets();
        char start = open == ']' ? '(' : open;
        Sequence inside = (Sequence) parser.list(start, '?');
        boundaries.closeBrackets(around);
        char close = closing(open, cursor.next());
        List<Expression> items = inside.items();
        if (items.size() == 1 && (start == '(' && close == ')' || start == '[' && close == ']')) {
            return items.get(0);
        }
        return new Sequence(items, start, close);
    }

    private static char closing(char open, Token token) {
        if (token.isMark(")") || token.isMark("[") && open != '(') {
            return ')';
        }
        if (token.isMark("]")) {
            return ']';
        }
        throw new SyntaxException("a bracket is not closed");
    }

    /** A set, whose opening command is already taken. */
    Expression set() {
        Expression inside = parser.list('{', '}');
        cursor.requireCommand("}", "a set is not closed");
        return inside;
    }

    /** A tuple in angle brackets, the first of them already taken. */
    Expression angled() {
        Expression inside = parser.list('(', ')');
        cursor.requireCommand("rangle", "an angle bracket is not closed");
        return inside;
    }

    /** A value between bars that are characters, the first of them already taken. */
    Expression barred() {
        Expression inside = betweenBars();
        cursor.require("|", "a bar is not closed");
        return new Function("abs", List.of(inside));
    }

    /** A value between bars that are commands, the first of them already taken. */
    Expression barred(String command, String function) {
        Expression inside = betweenBars();
        cursor.requireCommand(command, "a bar is not closed");
        return new Function(function, List.of(inside));
    }

    private Expression betweenBars() {
        boundaries.openBar();
        Expression inside = parser.list(' ', ' ');
        boundaries.closeBar();
        return inside;
    }

    /** A function written as a pair of brackets, the first of them already taken. */
    Expression closed(String function, String close) {
        int around = boundaries.openBrackets();
        Expression inside = parser.list(' ', ' ');
        boundaries.closeBrackets(around);
        cursor.requireCommand(close, "a bracket is not closed");
        return new Function(function, List.of(inside));
    }
}
