package io.tramontane.rewards.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of 10 to 30 words in eleven languages, to measure language detection with: every template of a language with
 * every choice of phrases for its slots. Immutable.
 */
public final class SampleTexts {

    private static final String RESOURCE = "sample-texts.txt";

    /** Wordless texts between the parts of others: formulas and programs as policies write them. */
    private static final List<String> FORMULAS_AND_CODE = List.of(
            " $x^2 + \\frac{a+b}{\\sqrt{c}} = 17$ ",
            " \\[ \\int_0^1 f(t)\\,dt = \\text{the sum of all parts} \\] ",
            "\n```python\nfor item in list_of_items:\n    print(item, 'is the next one')\n```\n",
            " `return the_value_of_it` ",
            " \\begin{align} a &= b + c \\\\ &= \\text{where it all began} \\end{align} ",
            " \\boxed{\\frac{22}{7}} ",
            " \\(\\operatorname{lcm}(4, 6) = 12\\) ");

    private final Map<String, List<String>> byLanguage = new LinkedHashMap<>();

    private SampleTexts() {}

    /** All of them. */
    public static SampleTexts load() {
        SampleTexts texts = new SampleTexts();
        try (InputStream stream = SampleTexts.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            texts.read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private void read(BufferedReader reader) throws IOException {
        List<String> texts = List.of();
        Map<String, List<String>> phrases = Map.of();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("[")) {
                texts = new ArrayList<>();
                phrases = new HashMap<>();
                byLanguage.put(line.substring(1, line.indexOf(']')), texts);
            } else if (line.startsWith("= ")) {
                texts.addAll(filled(line.substring(2), phrases));
            } else if (line.contains(": ") && !line.startsWith("#")) {
                phrases.put(line.substring(0, 1), List.of(line.substring(3).split(" \\| ")));
            }
        }
    }

    private static List<String> filled(String template, Map<String, List<String>> phrases) {
        List<String> texts = List.of(template);
        for (Map.Entry<String, List<String>> slot : phrases.entrySet()) {
            String name = "{" + slot.getKey() + "}";
            List<String> next = new ArrayList<>();
            for (String text : texts) {
                if (text.contains(name)) {
                    slot.getValue().forEach(phrase -> next.add(text.replace(name, phrase)));
                } else {
                    next.add(text);
                }
            }
            texts = next;
        }
        return texts;
    }

    /** ISO 639-1 codes of the languages. */
    public List<String> languages() {
        return List.copyOf(byLanguage.keySet());
    }

    /** The texts of a language. */
    public List<String> of(String language) {
        return byLanguage.get(language);
    }

    /**
     * A text with formulas and code before, behind and in the middle of it; which ones depends on {@code seed} alone.
     */
    public static String withFormulasAndCode(String text, int seed) {
        int space = text.indexOf(' ', text.length() / 2);
        int middle = space < 0 ? text.length() / 2 : space;
        return insertion(seed)
                + text.substring(0, middle)
                + insertion(seed + 1)
                + text.substring(middle)
                + insertion(seed + 2);
    }

    private static String insertion(int seed) {
        return FORMULAS_AND_CODE.get(Math.floorMod(seed, FORMULAS_AND_CODE.size()));
    }
}
