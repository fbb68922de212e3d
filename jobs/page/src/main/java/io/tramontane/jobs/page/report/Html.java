package io.tramontane.jobs.page.report;

/** Text inside HTML. Completions come from a model and may hold anything. */
final class Html {

    private Html() {}

    /** Safe as content of an element and inside a quoted attribute. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(character) ? character : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** Control characters are not allowed in HTML, and half a surrogate pair cannot be written at all. */
    private static boolean allowed(int character) {
        boolean control = character < ' ' && character != '\n' && character != '\t';
        return !control && character != 0x7F && (character < 0xD800 || character > 0xDFFF);
    }
}
