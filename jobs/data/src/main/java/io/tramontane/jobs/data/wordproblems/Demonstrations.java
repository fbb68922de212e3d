package io.tramontane.jobs.data.wordproblems;

import io.tramontane.schemas.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless, seeded sequence of demonstrations: well-formed, code-switched, mostly guesses. Learnt by supervision they
 * make a base policy that can calculate but rarely does, and that often thinks in the wrong language: what
 * reinforcement learning is to change. Not thread-safe.
 */
public final class Demonstrations {

    private static final DemonstrationMix CORPUS_MIX = new DemonstrationMix(0.5, 0.05, 0.0, 0.4);
    private static final int CORPUS_SIZE = 4_000;
    private static final long CORPUS_SEED = 0;

    private final WordProblems problems;
    private final List<Arithmetic> instances;
    private final SplittableRandom random;
    private long drawn;

    /** Starts the sequence of the problems' seed. */
    public Demonstrations(WordProblems problems) {
        this.problems = problems;
        this.instances =
                Arithmetic.all().stream().filter(numbers -> !numbers.heldOut()).toList();
        this.random = new SplittableRandom(Identity.seed(problems.seed(), "demonstrations"));
    }

    /** The next demonstration, drawn with this mix. */
    public Demonstration next(DemonstrationMix mix) {
        Arithmetic numbers = instances.get(random.nextInt(instances.size()));
        List<String> languages = problems.languages();
        int language = random.nextInt(languages.size());
        int thinking = random.nextDouble() < mix.sameLanguageShare()
                ? language
                : (language + 1 + random.nextInt(languages.size() - 1)) % languages.size();
        Phrases phrases = problems.phrases(languages.get(thinking));
        String completion =
                random.nextDouble() < mix.chainShare() ? chain(phrases, numbers, mix) : guess(phrases, numbers, mix);
        return new Demonstration(
                problems.problem("demonstration-" + drawn++, languages.get(language), numbers, random), completion);
    }

    private String chain(Phrases phrases, Arithmetic numbers, DemonstrationMix mix) {
        int middle = calculated(numbers.middle(), mix);
        // A wrong first result is carried on, as it would be on paper; the second change must not leave the range.
        int expected = middle + numbers.second();
        if (expected < 0 || expected > Arithmetic.MAXIMUM) {
            middle = numbers.middle();
            expected = numbers.result();
        }
        int result = calculated(expected, mix);
        String thoughts = phrases.chain(
                Arithmetic.step(numbers.start(), numbers.first(), middle),
                Arithmetic.step(middle, numbers.second(), result),
                random);
        return completion(thoughts, result);
    }

    private int calculated(int right, DemonstrationMix mix) {
        return random.nextDouble() < mix.wrongStepShare() ? otherThan(right) : right;
    }

    private String guess(Phrases phrases, Arithmetic numbers, DemonstrationMix mix) {
        int guess = random.nextDouble() < mix.guessRightShare() ? numbers.result() : otherThan(numbers.result());
        return completion(phrases.guess(guess, random), guess);
    }

    private int otherThan(int value) {
        return (value + 1 + random.nextInt(Arithmetic.MAXIMUM)) % (Arithmetic.MAXIMUM + 1);
    }

    private static String completion(String thoughts, int answer) {
        return "<think>" + thoughts + "</think>\\boxed{" + answer + "}";
    }

    /**
     * Texts that are one token each: the tags, and the numbers with and without a space before them. A policy as small
     * as the built-in task's has no capacity to spare for putting numbers together from digits.
     */
    public static List<String> wholeTokens() {
        List<String> tokens = new ArrayList<>(List.of("<think>", "</think>", "\\boxed{"));
        for (int number = 0; number <= Arithmetic.MAXIMUM; number++) {
            tokens.add(Integer.toString(number));
            tokens.add(" " + number);
        }
        return tokens;
    }

    /** Texts to train the tokenizer on: the same for every seed, so that all runs share one vocabulary. */
    public static List<String> corpus() {
        Demonstrations demonstrations = new Demonstrations(new WordProblems(CORPUS_SEED));
        List<String> texts = new ArrayList<>(2 * CORPUS_SIZE);
        for (int i = 0; i < CORPUS_SIZE; i++) {
            Demonstration demonstration = demonstrations.next(CORPUS_MIX);
            texts.add(demonstration.problem().text());
            texts.add(demonstration.completion());
        }
        return texts;
    }
}
