package io.tramontane.jobs.kernel.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which key somebody meant. */
final class KeySuggestion {

    private static final int LETTERS_AN_EDIT = 3;

    private KeySuggestion() {}

    /**
     * The key to suggest for an unknown one: a neighbour spelt much like it, else a key of that name in another
     * section.
     *
     * @param siblings the keys that the section has
     * @param paths every dotted key there is
     */
    static Optional<String> forUnknown(String path, Collection<String> siblings, Collection<String> paths) {
        int dot = path.lastIndexOf('.');
        String section = path.substring(0, dot + 1);
        String name = normalised(path.substring(dot + 1));
        int tolerance = Math.max(1, name.length() / LETTERS_AN_EDIT);
        Optional<String> neighbour = siblings.stream()
                .min(Comparator.comparingInt(sibling -> distance(name, sibling)))
                .filter(sibling -> distance(name, sibling) <= tolerance)
                .map(sibling -> section + sibling);
        return neighbour.or(() -> paths.stream()
                .filter(candidate -> candidate.endsWith("." + name))
                .findFirst());
    }

    /** Camel case and underscores are the commonest slips. */
    private static String normalised(String name) {
        return ConfigSchema.keyOf(name).replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance: how many letters must be inserted, deleted or replaced. */
    static int distance(String left, String right) {
        List<Integer> previous = new ArrayList<>();
        for (int column = 0; column <= right.length(); column++) {
            previous.add(column);
        }
        for (int row = 1; row <= left.length(); row++) {
            List<Integer> current = new ArrayList<>();
            current.add(row);
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous.get(column - 1) + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current.add(Math.min(replaced, 1 + Math.min(previous.get(column), current.get(column - 1))));
            }
            previous = current;
        }
        return previous.get(right.length());
    }
}
