package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Rational;

/**
 * A piece of an answer's text.
 *
 * @param value of a number, else null
 * @param decimals of a number
 * @param spaced whether white space stands before it
 */
record Token(Kind kind, String text, Rational value, int decimals, boolean spaced) {

    enum Kind {
        NUMBER,
        /** One letter, or a word. */
        WORD,
        /** A command without its backslash. */
        COMMAND,
        /** The content of a text command. */
        TEXT,
        /** Any other single character. */
        MARK,
        END
    }

    boolean isMark(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    boolean isCommand(String name) {
        return kind == Kind.COMMAND && text.equals(name);
    }

    /** A currency of a single character; it stands on either side of its number. */
    boolean isCurrency() {
        return isMark("€") || isMark("£");
    }
}
