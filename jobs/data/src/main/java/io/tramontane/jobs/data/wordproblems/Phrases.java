package io.tramontane.jobs.data.wordproblems;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.config.YamlTree;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How one language puts the task into words; placeholders as {@code phrases.yaml} explains them.
 *
 * @param things what is counted
 * @param gains a change upwards
 * @param losses a change downwards
 * @param problem the whole problem
 * @param chains thoughts that calculate
 * @param guesses thoughts that do not
 */
record Phrases(
        List<String> things,
        List<String> gains,
        List<String> losses,
        String problem,
        List<String> chains,
        List<String> guesses) {

    private static final String RESOURCE = "phrases.yaml";
    private static final List<String> NAMES = List.of("Anna", "Emma", "Lea", "Clara", "Paul", "Max", "Leo", "David");

    /** The phrases of every language of the task, in a fixed order. */
    static Map<String, Phrases> load() {
        try (InputStream yaml = Phrases.class.getResourceAsStream(RESOURCE)) {
            Map<String, Phrases> phrases = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> language : YamlTree.parse(
                            RESOURCE, new String(yaml.readAllBytes(), StandardCharsets.UTF_8))
                    .properties()) {
                phrases.put(language.getKey(), Json.as(language.getValue(), Phrases.class));
            }
            return phrases;
        } catch (IOException e) {
            throw new UncheckedIOException("the phrases of the built-in task cannot be read", e);
        }
    }

    /** A problem with these numbers, its other words drawn at random. */
    String problem(Arithmetic numbers, SplittableRandom random) {
        return problem.replace("{name}", pick(NAMES, random))
                .replace("{start}", Integer.toString(numbers.start()))
                .replace("{things}", pick(things, random))
                .replace("{first}", change(numbers.first(), random))
                .replace("{second}", change(numbers.second(), random));
    }

    private String change(int change, SplittableRandom random) {
        return pick(change > 0 ? gains : losses, random).replace("{count}", Integer.toString(Math.abs(change)));
    }

    /** Thoughts that state both calculations. */
    String chain(String firstStep, String secondStep, SplittableRandom random) {
        return pick(chains, random).replace("{step1}", firstStep).replace("{step2}", secondStep);
    }

    /** Thoughts that name a number without calculating. */
    String guess(int guess, SplittableRandom random) {
        return pick(guesses, random).replace("{guess}", Integer.toString(guess));
    }

    private static String pick(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
