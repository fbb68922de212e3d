package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Constant;
import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import io.tramontane.rewards.math.syntax.Expression.Symbol;
import io.tramontane.rewards.math.syntax.Expression.Text;
import java.util.Locale;

/** What letters mean: names, constants, functions, products of letters, or words. */
final class Words {

    private static final String LETTERS_OF_FUNCTIONS = "fghFGHPQ";

    private final Parser parser;
    private final TokenCursor cursor;
    private final Functions functions;

    Words(Parser parser, TokenCursor cursor, Functions functions) {
        this.parser = parser;
        this.cursor = cursor;
        this.functions = functions;
    }

    /** @param token already taken, like those below */
    Expression word(Token token) {
        String word = token.text();
        if (word.length() == 1) {
            return application(word);
        }
        if (Functions.isName(word)) {
            return functions.function(word);
        }
        switch (word.toLowerCase(Locale.ROOT)) {
            case "pi":
                return Constant.PI;
            case "inf", "infinity", "infty", "oo":
                return Constant.INFINITY;
            default:
                break;
        }
        if (word.length() > 3) {
            return new Symbol(word.toLowerCase(Locale.ROOT));
        }
        // Letters side by side are a product; the last of them may still have a power or an index.
        cursor.giveBack(word.substring(1));
        return symbol(word.substring(0, 1));
    }

    Expression text(Token token) {
        String words = token.text().strip();
        if (words.equals("$") || words.isEmpty()) {
            // A currency sign before its number.
            return cursor.peek().kind() == Token.Kind.NUMBER ? parser.atom() : new Text(words);
        }
        if (words.length() == 1 && Character.isLetter(words.charAt(0))) {
            return symbol(words);
        }
        return new Text(words);
    }

    /** f(x) is an application for the letters that name functions; anything else is a product. */
    private Expression application(String letter) {
        if (LETTERS_OF_FUNCTIONS.contains(letter)
                && cursor.peek().isMark("(")
                && !cursor.peek().spaced()) {
            cursor.skip(1);
            Sequence arguments = (Sequence) parser.list('(', ' ');
            cursor.require(")", "a parenthesis is not closed");
            return new Function(letter, arguments.items());
        }
        return symbol(letter);
    }

    private static Expression symbol(String name) {
        return switch (name) {
            case "e" -> Constant.E;
            case "i" -> Constant.I;
            default -> new Symbol(name);
        };
    }
}
