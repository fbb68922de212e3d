package io.tramontane.rewards.language;

import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** What is left of a text for a language detector once code, mathematics and addresses are taken out. */
public final class Prose {

    private static final Pattern FENCED_CODE = Pattern.compile("(?s)```.*?(?:```|\\z)");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern DISPLAY_MATH = Pattern.compile(
            "(?s)\\$\\$.*?\\$\\$|\\\\\\[.*?\\\\\\]|\\\\\\(.*?\\\\\\)|\\\\begin\\{(\\w+\\*?)\\}.*?\\\\end\\{\\1\\}");
    /** Opening sign before a non-space, closing sign behind a non-space and not before a digit: prices stay. */
    private static final Pattern INLINE_MATH =
            Pattern.compile("(?<!\\\\)\\$(?=[^\\s$])[^$\\n]*?(?<=[^\\s\\\\])\\$(?!\\d)");
    /** One command with its arguments; applied from the inside out, so that arguments may hold commands. */
    private static final Pattern INNERMOST_COMMAND =
            Pattern.compile("\\\\[a-zA-Z]++\\*?(?:\\s*+\\[[^\\[\\]]*+\\])?(?:\\s*+\\{[^{}]*+\\})++");

    private static final Pattern BARE_COMMAND = Pattern.compile("\\\\[a-zA-Z]+\\*?");
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S+");
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>\\n]{0,40}>");

    /** Deeper nesting of commands than this is noise of a policy, not mathematics. */
    private static final int MAXIMUM_NESTING = 8;

    private static final Set<Character.UnicodeScript> DENSE_SCRIPTS = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL);

    private static final int LETTERS_A_DENSE_ONE = 3;

    private Prose() {}

    /** The natural-language part of a text. */
    public static String of(String text) {
        String prose = FENCED_CODE.matcher(text).replaceAll(" ");
        prose = INLINE_CODE.matcher(prose).replaceAll(" ");
        prose = DISPLAY_MATH.matcher(prose).replaceAll(" ");
        prose = INLINE_MATH.matcher(prose).replaceAll(" ");
        for (int depth = 0; depth < MAXIMUM_NESTING && prose.indexOf('\\') >= 0; depth++) {
            String without = INNERMOST_COMMAND.matcher(prose).replaceAll(" ");
            if (without.equals(prose)) {
                break;
            }
            prose = without;
        }
        prose = BARE_COMMAND.matcher(prose).replaceAll(" ");
        prose = ADDRESS.matcher(prose).replaceAll(" ");
        prose = TAG.matcher(prose).replaceAll(" ");
        return lettersOnly(prose);
    }

    /** Letters, marks and apostrophes as they are, anything else as one space. */
    private static String lettersOnly(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK || c == '\'' || c == '’') {
                letters.appendCodePoint(c);
            } else if (letters.length() > 0 && letters.charAt(letters.length() - 1) != ' ') {
                letters.append(' ');
            }
        });
        return letters.toString().strip();
    }

    /** How many letters a text has; an East Asian character says about as much as three letters of an alphabet. */
    static int letters(String prose) {
        return prose.codePoints()
                .filter(Character::isLetter)
                .map(letter -> DENSE_SCRIPTS.contains(Character.UnicodeScript.of(letter)) ? LETTERS_A_DENSE_ONE : 1)
                .sum();
    }

    /**
     * At most about {@code characters} of a longer text: windows of equal size, spread evenly from its beginning to its
     * end, cut at spaces where there are any.
     */
    public static String sample(String prose, int characters, int windows) {
        if (prose.length() <= characters) {
            return prose;
        }
        int size = Math.max(1, characters / windows);
        StringJoiner sample = new StringJoiner(" ");
        for (int window = 0; window < windows; window++) {
            int start = windows == 1 ? 0 : (int) ((long) (prose.length() - size) * window / (windows - 1));
            sample.add(window(prose, start, start + size));
        }
        return sample.toString();
    }

    private static String window(String prose, int from, int to) {
        String window = prose.substring(from, to);
        int first = from == 0 ? 0 : window.indexOf(' ') + 1;
        int last = to == prose.length() ? window.length() : window.lastIndexOf(' ');
        return first < last ? window.substring(first, last) : window;
    }
}
