package io.tramontane.jobs.data.wordproblems;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.schemas.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The problems of the built-in task: somebody has some things, two changes follow, how many are there now?
 *
 * <p>Training and held-out problems share no numbers: an instance (start and both changes) that is held out is so in
 * every language and wording. The held-out problems are the same for every seed, so that runs can be compared.
 * Immutable.
 */
public final class WordProblems {

    private static final long HELD_OUT_SEED = 0;
    /** Answers are plain numbers. */
    private static final String VERIFIER = "numeric";

    private final Map<String, Phrases> phrases = Phrases.load();
    private final List<String> languages = List.copyOf(phrases.keySet());
    private final long seed;

    /** @param seed of the training problems and the demonstrations */
    public WordProblems(long seed) {
        this.seed = seed;
    }

    /** ISO 639-1 codes, in a fixed order. */
    public List<String> languages() {
        return languages;
    }

    /**
     * Training problems in an order drawn from the seed; every language has the same share, and no two have the same
     * numbers and language.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public ProblemSet training(int count) {
        return problems("train", false, count, Identity.seed(seed, "training problems"));
    }

    /**
     * Held-out problems, the same ones for every seed: all have different numbers as long as there are enough.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public ProblemSet heldOut(int count) {
        return problems("held-out", true, count, Identity.seed(HELD_OUT_SEED, "held-out problems"));
    }

    /** Goes through the shuffled instances once a language, each time shifted by one language. */
    private ProblemSet problems(String prefix, boolean heldOut, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arithmetic> instances = shuffled(heldOut, random);
        int available = instances.size() * languages.size();
        if (count < 1 || count > available) {
            throw new IllegalArgumentException(
                    "the built-in task has 1 to " + available + " " + prefix + " problems, asked for " + count);
        }
        List<Problem> problems = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Arithmetic numbers = instances.get(i % instances.size());
            String language = languages.get((i % instances.size() + i / instances.size()) % languages.size());
            problems.add(problem(prefix + "-" + language + "-" + i, language, numbers, random));
        }
        return new ProblemSet(problems);
    }

    private static List<Arithmetic> shuffled(boolean heldOut, SplittableRandom random) {
        List<Arithmetic> instances = new ArrayList<>(Arithmetic.all().stream()
                .filter(numbers -> numbers.heldOut() == heldOut)
                .toList());
        for (int i = instances.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Arithmetic swapped = instances.get(i);
            instances.set(i, instances.get(other));
            instances.set(other, swapped);
        }
        return instances;
    }

    Problem problem(String id, String language, Arithmetic numbers, SplittableRandom random) {
        return new Problem(
                id,
                language,
                phrases.get(language).problem(numbers, random),
                Integer.toString(numbers.result()),
                VERIFIER);
    }

    Phrases phrases(String language) {
        return phrases.get(language);
    }

    long seed() {
        return seed;
    }
}
