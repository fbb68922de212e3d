package io.tramontane.rewards.answer;

import java.util.Optional;

/** Reads {@code \boxed{...}} with nested braces. */
final class BoxedAnswer {

    private static final String COMMAND = "\\boxed";

    private BoxedAnswer() {}

    /**
     * The content of the last complete box. A box that is never closed is none; of boxes in boxes the outer one counts,
     * and is opened as long as all it holds is another box.
     */
    static Optional<String> last(String text) {
        String content = null;
        int from = text.indexOf(COMMAND);
        while (from >= 0) {
            int open = skipSpaces(text, from + COMMAND.length());
            int close = open < text.length() && text.charAt(open) == '{' ? closingBrace(text, open) : -1;
            if (close >= 0) {
                content = text.substring(open + 1, close);
            }
            from = text.indexOf(COMMAND, close >= 0 ? close + 1 : from + COMMAND.length());
        }
        return Optional.ofNullable(content).map(BoxedAnswer::unwrap);
    }

    private static String unwrap(String content) {
        String inner = content.strip();
        while (inner.startsWith(COMMAND)) {
            int open = skipSpaces(inner, COMMAND.length());
            if (open >= inner.length()
                    || inner.charAt(open) != '{'
                    || closingBrace(inner, open) != inner.length() - 1) {
                break;
            }
            inner = inner.substring(open + 1, inner.length() - 1).strip();
        }
        return inner;
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Index of the brace that closes the one at {@code open}, or -1; escaped braces do not count. */
    private static int closingBrace(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }
}
