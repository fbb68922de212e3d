package io.tramontane.rewards.math.syntax;

import java.util.Locale;
import java.util.Set;

/** Where a list ends, an item ends and a factor starts. */
final class Boundaries {

    private static final Set<String> LIST_ENDS = Set.of("\\", "}", "end", "rfloor", "rceil", "rvert", "rangle");

    private static final Set<String> SEPARATING_WORDS = Set.of("and", "or", ", and", ", or", ",");
    private static final Set<String> SEPARATING_COMMANDS = Set.of("land", "lor", "wedge", "vee");

    /** Besides relations, what ends a list and what separates. */
    private static final Set<String> OPERATORS = Set.of(
            "cup",
            "cap",
            "setminus",
            "backslash",
            "pm",
            "mp",
            "cdot",
            "times",
            "div",
            "ast",
            "over",
            "choose",
            "not",
            "colon",
            "mid",
            "circ",
            "degree",
            "prime");

    private final TokenCursor cursor;
    /** Bars that are open: the next one closes. */
    private int bars;

    Boundaries(TokenCursor cursor) {
        this.cursor = cursor;
    }

    void openBar() {
        bars++;
    }

    void closeBar() {
        bars--;
    }

    /**
     * Inside brackets a bar opens.
     *
     * @return the bars that are open around them, for {@link #closeBrackets}
     */
    int openBrackets() {
        int around = bars;
        bars = 0;
        return around;
    }

    void closeBrackets(int around) {
        bars = around;
    }

    boolean endsList() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case END -> true;
            case MARK ->
                token.isMark(")")
                        || token.isMark("]")
                        || token.isMark("}")
                        || token.isMark("|") && bars > 0
                        || token.isMark("&");
            case COMMAND -> LIST_ENDS.contains(token.text()) || closesNorm(token);
            case NUMBER, WORD, TEXT -> false;
        };
    }

    boolean separates() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case MARK -> token.isMark(",") || token.isMark(";");
            case WORD, TEXT -> SEPARATING_WORDS.contains(token.text().strip().toLowerCase(Locale.ROOT));
            case COMMAND -> SEPARATING_COMMANDS.contains(token.text());
            case NUMBER, END -> false;
        };
    }

    boolean startsFactor() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER -> true;
            case WORD, TEXT -> !separates();
            case MARK ->
                token.isMark("(")
                        || token.isMark("[")
                        || token.isMark("{")
                        || token.isMark("|") && bars == 0
                        || token.isCurrency();
            case COMMAND ->
                !RelationSigns.isCommand(token.text())
                        && !LIST_ENDS.contains(token.text())
                        && !SEPARATING_COMMANDS.contains(token.text())
                        && !OPERATORS.contains(token.text())
                        && !closesNorm(token);
            case END -> false;
        };
    }

    private boolean closesNorm(Token token) {
        return token.isCommand("Vert") && bars > 0;
    }
}
