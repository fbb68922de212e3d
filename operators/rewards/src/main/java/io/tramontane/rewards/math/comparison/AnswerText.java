package io.tramontane.rewards.math.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is answered in a text: boxes, formulas, or the last expression of a sentence. */
final class AnswerText {

    private static final String BOX = "\\boxed{";

    /** What may stand between two boxes that belong to one answer. */
    private static final int WIDEST_GAP = 40;

    /** A formula between dollars, or in brackets; one between \( and \) stays on its line. */
    private static final Pattern FORMULA = Pattern.compile(
            "\\$\\$(.+?)\\$\\$|\\$([^$]+)\\$|\\\\\\[(.+?)\\\\\\]|\\\\\\(([^\\n]+?)\\\\\\)", Pattern.DOTALL);

    private static final Pattern BROKEN_FORMULA = Pattern.compile("\\\\\\([^)]*?\\n[^)]*?\\\\\\)");

    /** A word that is neither a command nor joins two answers. */
    private static final Pattern WORD = Pattern.compile("(?<![\\\\A-Za-z])(?!(?:and|or)\\b)[A-Za-z]{3,}");

    private static final Pattern RELATION_OR_NUMBER = Pattern.compile(
            "[A-Za-z]\\s*(?:<=|>=|!=|=|<|>|\\\\leq?|\\\\geq?|\\\\neq?)\\s*-?(?:\\\\d?frac\\{[^{}]*\\}\\{[^{}]*\\}|[\\d.,/]+)"
                    + "|\\([^()]{1,80},[^()]{1,80}\\)"
                    + "|-?\\\\d?frac\\{[^{}]*\\}\\{[^{}]*\\}"
                    + "|-?(?<![A-Za-z\\d.])(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?:/\\d+)?(?:\\s?(?:%|pct\\b|percent\\b)|(?:mm|cm|km|kg|m|g)[²³]?)?(?![A-Za-z\\d])");

    private static final Pattern ESCAPED_TWICE = Pattern.compile("\\\\\\\\(?=[A-Za-z])");
    private static final Pattern DOLLARS_AROUND = Pattern.compile("^\\$+|\\$+$");
    private static final Pattern FONTS =
            Pattern.compile("\\\\(?:text|textbf|textit|textrm|mathrm|mathbf|mbox|operatorname|boxed)\\b");
    private static final Pattern THIN_SPACES = Pattern.compile("\\\\[,;:! ]|\\\\q?quad|~");
    private static final Pattern SPACES = Pattern.compile("\\\\[,;:! ]|\\\\quad|[{}$\\s\"'.~]");

    private AnswerText() {}

    /** The answer's parts, most often one; several boxes side by side are several. Empty when nothing is found. */
    static List<String> parts(String text) {
        List<String> boxes = boxes(text);
        return boxes.isEmpty() ? List.of(text) : boxes;
    }

    /** What to read when the text as a whole is no expression. */
    static Optional<String> within(String text) {
        String clean = BROKEN_FORMULA.matcher(text).replaceAll(" ");
        StringBuilder prose = new StringBuilder(clean);
        String last = null;
        int end = -1;
        Matcher formulas = FORMULA.matcher(clean);
        while (formulas.find()) {
            for (int group = 1; group <= formulas.groupCount(); group++) {
                if (formulas.group(group) != null) {
                    last = formulas.group(group);
                    end = formulas.end();
                }
            }
            for (int index = formulas.start(); index < formulas.end(); index++) {
                prose.setCharAt(index, ' ');
            }
        }
        // What stands last is the answer, inside a formula or in the sentence.
        Matcher expressions = RELATION_OR_NUMBER.matcher(prose);
        while (expressions.find()) {
            if (expressions.end() > end) {
                last = expressions.group();
                end = expressions.end();
            }
        }
        return Optional.ofNullable(last);
    }

    /** Whether there is a word in the text at all. */
    static boolean holdsWord(String text) {
        return WORD.matcher(text).find();
    }

    /** Whether words stand around a formula that is marked as one. */
    static boolean surroundsFormula(String text) {
        Matcher formulas = FORMULA.matcher(text);
        return formulas.find() && WORD.matcher(formulas.replaceAll(" ")).find();
    }

    private static List<String> boxes(String text) {
        List<int[]> spans = new ArrayList<>();
        int from = text.indexOf(BOX);
        while (from >= 0) {
            int end = closing(text, from + BOX.length());
            spans.add(new int[] {from, end});
            from = text.indexOf(BOX, end);
        }
        List<String> boxes = new ArrayList<>();
        for (int index = spans.size() - 1; index >= 0; index--) {
            int[] span = spans.get(index);
            if (index < spans.size() - 1) {
                String gap = text.substring(Math.min(span[1] + 1, text.length()), spans.get(index + 1)[0]);
                if (gap.length() > WIDEST_GAP || gap.contains("\n\n") || gap.contains(". ") || gap.contains("=")) {
                    break;
                }
            }
            String content = text.substring(span[0] + BOX.length(), span[1]).strip();
            if (boxes.isEmpty() || !boxes.get(0).equals(content)) {
                boxes.add(0, content);
            }
        }
        return boxes;
    }

    /** Where the brace that opened before {@code start} closes; the end of the text when it does not. */
    private static int closing(String text, int start) {
        int depth = 1;
        for (int index = start; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '\\') {
                index++;
            } else if (next == '{') {
                depth++;
            } else if (next == '}' && --depth == 0) {
                return index;
            }
        }
        return text.length();
    }

    /**
     * Without dollars, labels and punctuation around it, and with commands that were escaped twice as they were meant.
     */
    static String trimmed(String text) {
        String trimmed = text.strip();
        if (trimmed.contains("\\\\") && !trimmed.contains("\\begin")) {
            trimmed = ESCAPED_TWICE.matcher(trimmed).replaceAll("\\\\");
        }
        String before;
        do {
            before = trimmed;
            trimmed = withoutPunctuation(trimmed);
            if (trimmed.length() > 1 && trimmed.startsWith("$") && trimmed.endsWith("$") && !trimmed.endsWith("\\$")) {
                String inside = DOLLARS_AROUND.matcher(trimmed).replaceAll("");
                trimmed = inside.contains("$") ? trimmed.replace("$", " ") : inside;
            } else if (trimmed.startsWith("\\(") && trimmed.endsWith("\\)")
                    || trimmed.startsWith("\\[") && trimmed.endsWith("\\]")) {
                trimmed = trimmed.substring(2, trimmed.length() - 2);
            }
        } while (!trimmed.equals(before) && !trimmed.isEmpty());
        return trimmed;
    }

    /** An exclamation mark is a factorial, and a backslash before a comma makes it a space. */
    private static String withoutPunctuation(String text) {
        int start = 0;
        int end = text.length();
        while (end > start && isPunctuation(text.charAt(end - 1), ".,;:?")) {
            end--;
        }
        while (start < end && isPunctuation(text.charAt(start), ",;:")) {
            start++;
        }
        return text.substring(start, end > start && text.charAt(end - 1) == '\\' ? end - 1 : end);
    }

    private static boolean isPunctuation(char character, String marks) {
        return Character.isWhitespace(character) || marks.indexOf(character) >= 0;
    }

    /**
     * Whether the texts are the same except for spaces and fonts; for what could not be read. Marks and the spaces
     * between digits count: 1 2 is not 12, 1.5 is not 15.
     */
    static boolean isSpacedAlike(String reference, String answer) {
        String spaced = spaced(reference);
        return !spaced.isEmpty() && spaced.equals(spaced(answer));
    }

    private static String spaced(String text) {
        String bare =
                THIN_SPACES.matcher(FONTS.matcher(trimmed(text)).replaceAll("")).replaceAll(" ");
        StringBuilder kept = new StringBuilder(bare.length());
        for (int at = 0; at < bare.length(); at++) {
            char character = bare.charAt(at);
            boolean space = Character.isWhitespace(character);
            boolean afterDigit = !kept.isEmpty() && Character.isLetterOrDigit(kept.charAt(kept.length() - 1));
            if (!space) {
                kept.append(character);
            } else if (afterDigit && at + 1 < bare.length() && Character.isDigit(bare.charAt(at + 1))) {
                kept.append(' ');
            }
        }
        return kept.toString().toLowerCase(Locale.ROOT);
    }

    /** For a comparison of words: lower case, without commands for fonts, spaces and punctuation. */
    static String words(String text) {
        String bare = FONTS.matcher(trimmed(text)).replaceAll("");
        return SPACES.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
