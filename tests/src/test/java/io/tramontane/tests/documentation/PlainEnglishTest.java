package io.tramontane.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Documents are in plain, present-day English, and the first of them is short. Generated ones have the words of the
 * code and are left out.
 */
class PlainEnglishTest {

    private static final int LONGEST_README = 80;

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

    @TestFactory
    List<DynamicTest> noDocumentHasAWordOfTheList() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Markdown.files()) {
            if (!Markdown.generated(file)) {
                tests.add(DynamicTest.dynamicTest(
                        Markdown.root().relativize(file).toString(),
                        () -> assertThat(found(Markdown.text(file))).isEmpty()));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
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

    /** Each place with three words around it, in the order of the text. */
    private static List<String> found(String text) {
        String line = text.replaceAll("\\s+", " ");
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
