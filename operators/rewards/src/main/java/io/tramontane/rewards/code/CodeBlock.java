package io.tramontane.rewards.code;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of Markdown that names its language.
 *
 * @param label the name, as it was written
 * @param source the lines between the fences
 */
public record CodeBlock(String label, String source) {

    /** At most three spaces, three or more backticks or tildes, then the info string (CommonMark §4.5). */
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})[ \\t]*(.*?)[ \\t]*\\r?");

    /** The first word of an info string; {@code ```{.python}} is how some dialects write it. */
    private static final Pattern LABEL = Pattern.compile("\\{?\\.?([A-Za-z][A-Za-z0-9+#_.-]*).*");

    public CodeBlock {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(source, "source");
    }

    /**
     * The first block that names its language and is closed. A block without a name is skipped with all that is in it.
     *
     * @param text the answer part of a completion
     */
    public static Optional<CodeBlock> first(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = lineEnd(text, at);
            Matcher opening = FENCE.matcher(text).region(at, end);
            at = end + 1;
            if (!opening.matches() || isInlineCode(opening)) {
                continue;
            }
            int close = closing(text, at, opening.group(1));
            if (close < 0) {
                return Optional.empty();
            }
            Matcher label = LABEL.matcher(opening.group(2));
            if (label.matches()) {
                return Optional.of(new CodeBlock(label.group(1), text.substring(at, close)));
            }
            at = lineEnd(text, close) + 1;
        }
        return Optional.empty();
    }

    /** An info string of a fence of backticks holds none: {@code ```x```} is code within a line. */
    private static boolean isInlineCode(Matcher opening) {
        return opening.group(1).startsWith("`") && opening.group(2).indexOf('`') >= 0;
    }

    /** Where the line of the closing fence begins; -1 if there is none. */
    private static int closing(String text, int from, String fence) {
        int at = from;
        while (at < text.length()) {
            int end = lineEnd(text, at);
            Matcher matcher = FENCE.matcher(text).region(at, end);
            if (matcher.matches()
                    && matcher.group(2).isEmpty()
                    && matcher.group(1).charAt(0) == fence.charAt(0)
                    && matcher.group(1).length() >= fence.length()) {
                return at;
            }
            at = end + 1;
        }
        return -1;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
