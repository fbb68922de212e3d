package io.tramontane.jobs.commands.documentation;

/** A generated part of a document that people write. */
final class GeneratedPart {

    private GeneratedPart() {}

    /**
     * The document with new text between two comments.
     *
     * @throws IllegalArgumentException when it does not hold both
     */
    static String between(String begin, String end, String document, String text) {
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("there is no place for what is generated behind " + begin.strip());
        }
        return document.substring(0, from + begin.length()) + text + document.substring(to);
    }
}
