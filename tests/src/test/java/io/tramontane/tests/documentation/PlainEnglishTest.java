package io.tramontane.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Documents, the comments and string literals of the code, and the files of the page are in plain, present-day English,
 * and the first document is short. Names in code are left out: a variable may be called {@code told}.
 */
class PlainEnglishTest {

    private static final int LONGEST_README = 80;

    private static final List<String> SOURCES = List.of(".java", ".js", ".html", ".yaml", ".yml");

    /** A comment or a string; character literals are matched so that a quote in one begins no string. */
    private static final Pattern TOKEN = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\""
            + "|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|`(?:[^`\\\\]|\\\\.)*+`");

    /** What not to write, and what to write instead. */
    private static final Map<String, String> WORDS = new TreeMap<>(Map.ofEntries(
            Map.entry("told", "recognised, shown, informed"),
            Map.entry("anew", "again"),
            Map.entry("whoever", "a person who, a process that"),
            Map.entry("came to", "reached, became, or the result itself"),
            Map.entry("came of", "the result"),
            Map.entry("comes? of", "the result"),
            Map.entry("for ever", "forever, without end"),
            Map.entry("lately", "recently"),
            Map.entry("of yours", "your own"),
            Map.entry("of ours", "our own"),
            Map.entry("but for", "except"),
            Map.entry("in the making", "being filled, being made"),
            Map.entry("to be had", "possible, available"),
            Map.entry("thereof", "of it"),
            Map.entry("whilst", "while"),
            Map.entry("it is to be noted", "nothing")));

    /** Any of them: most texts have none, and looking for their context is slow. */
    private static final Pattern ANY =
            Pattern.compile("\\b(?:" + String.join("|", WORDS.keySet()) + ")\\b", Pattern.CASE_INSENSITIVE);

    @TestFactory
    List<DynamicTest> noDocumentHasAWordOfTheList() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Markdown.files()) {
            tests.add(DynamicTest.dynamicTest(
                    Markdown.root().relativize(file).toString(),
                    () -> assertThat(found(Markdown.text(file))).isEmpty()));
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    /** Also those of tests, except this one, which has the list. */
    @Test
    void noSourceHasAWordOfTheList() {
        Map<String, List<String>> places = new TreeMap<>();
        List<Path> sources = Markdown.files(PlainEnglishTest::isSource);
        for (Path file : sources) {
            List<String> found = found(prose(file.toString(), Markdown.text(file)));
            if (!found.isEmpty()) {
                places.put(Markdown.root().relativize(file).toString(), found);
            }
        }
        assertThat(sources).hasSizeGreaterThan(1000);
        assertThat(places).isEmpty();
    }

    @Test
    void namesInCodeAreNoProseButCommentsAndStringsAre() {
        String code = """
                /** Was
                 * told. */ told(whilst); // came
                // to an end
                say("in the " + "making \\"of", 'x', '"'); thereof();
                """;
        assertThat(prose("A.java", code)).doesNotContain("whilst", "thereof", "say");
        assertThat(found(prose("A.java", code)))
                .extracting(place -> place.replaceAll(".*instead of '(.*)' write.*", "$1"))
                .containsExactly("told", "came to", "in the making");
        assertThat(found(prose("a.yaml", "# kept\n# for ever\na: 1"))).hasSize(1);
    }

    @Test
    void aWordIsFoundInItsContextAcrossLinesAndInCapitals() {
        assertThat(found("It was\nTold in time. The step is written anew, but\nfor its hash. Goldtolds."))
                .containsExactly(
                        "'It was Told in time. The': instead of 'told' write: recognised, shown, informed",
                        "'step is written anew, but for its': instead of 'anew' write: again",
                        "'is written anew, but for its hash. Goldtolds': instead of 'but for' write: except");
    }

    @Test
    void theFirstDocumentIsShort() {
        assertThat(Markdown.text(Markdown.root().resolve("README.md")).lines())
                .hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return SOURCES.stream().anyMatch(name::endsWith) && !name.equals("PlainEnglishTest.java");
    }

    /**
     * Comments and strings of Java and JavaScript, one after the other; of other files all but the marks of comments.
     */
    private static String prose(String name, String text) {
        if (!name.endsWith(".java") && !name.endsWith(".js")) {
            return text.replaceAll("(?m)^\\s*#", " ");
        }
        StringBuilder prose = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String part = token.group();
            if (part.startsWith("/")) {
                prose.append(part.replaceAll("(?m)^\\s*(?:/?\\*+/?|//)", " ")).append(' ');
            } else {
                prose.append(part, 1, part.length() - 1).append(' ');
            }
        }
        return prose.toString();
    }

    /** Each place with three words around it, in the order of the text. */
    private static List<String> found(String text) {
        String line = text.replaceAll("\\s+", " ");
        if (!ANY.matcher(line).find()) {
            return List.of();
        }
        Map<Integer, String> places = new TreeMap<>();
        WORDS.forEach((word, instead) -> Pattern.compile(
                        "(?:\\S+ ){0,3}\\b(" + word + ")\\b(?:\\W+\\w+){0,3}", Pattern.CASE_INSENSITIVE)
                .matcher(line)
                .results()
                .forEach(match -> places.put(
                        match.start(1), "'" + match.group() + "': instead of '" + word + "' write: " + instead)));
        return List.copyOf(places.values());
    }
}
