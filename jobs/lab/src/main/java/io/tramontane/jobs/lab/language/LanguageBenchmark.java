package io.tramontane.jobs.lab.language;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.language.LanguageDetectors;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.rewards.language.LanguageSettings;
import io.tramontane.rewards.language.Prose;
import io.tramontane.rewards.language.SampleTexts;
import io.tramontane.rewards.language.detection.LanguageDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How often the language of a text of 10 to 30 words is recognised correctly, with and without formulas and code in it,
 * and what a call takes. Runs on the calling thread.
 */
public final class LanguageBenchmark {

    private final LanguageSettings settings;
    private final LanguageDetector detector;
    private final Map<String, List<String>> samples = new LinkedHashMap<>();

    /**
     * @param settings whose languages are among those of the {@link SampleTexts}
     * @param textsPerLanguage at most so many of each, spread over all there are
     * @throws IllegalArgumentException if there are no texts of a language
     */
    public LanguageBenchmark(LanguageSettings settings, int textsPerLanguage) {
        this.settings = settings;
        this.detector = LanguageDetectors.of(settings);
        SampleTexts all = SampleTexts.load();
        for (String language : settings.languages()) {
            if (!all.languages().contains(language)) {
                throw new IllegalArgumentException(
                        "there are no sample texts in '" + language + "', only in " + all.languages());
            }
            List<String> texts = all.of(language);
            int count = Math.min(textsPerLanguage, texts.size());
            samples.put(
                    language,
                    IntStream.range(0, count)
                            .mapToObj(i -> texts.get((int) ((long) i * texts.size() / count)))
                            .toList());
        }
    }

    /**
     * What came out.
     *
     * @param accuracy share of right answers by language
     * @param changed texts whose answer changed when formulas and code were put in
     * @param texts how many there were
     * @param medianMicros time of one call, removal of formulas and code included
     * @param p99Micros time within which 99 of 100 calls end
     * @param gradeMicros mean time of grading a completion: problem, thoughts and answer
     */
    public record Result(
            Map<String, Double> accuracy,
            int changed,
            int texts,
            double medianMicros,
            double p99Micros,
            double gradeMicros) {

        /** Share of right answers over all texts. */
        public double overall() {
            return accuracy.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0);
        }
    }

    /** Measures: {@code rounds} over all texts, at least two, of which the first warms up and is not timed. */
    public Result run(int rounds) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        int changed = 0;
        int count = 0;
        for (String language : settings.languages()) {
            List<String> texts = samples.get(language);
            int right = 0;
            for (int i = 0; i < texts.size(); i++) {
                Optional<String> plain = identify(texts.get(i));
                right += plain.equals(Optional.of(language)) ? 1 : 0;
                changed += plain.equals(identify(SampleTexts.withFormulasAndCode(texts.get(i), i))) ? 0 : 1;
            }
            accuracy.put(language, (double) right / texts.size());
            count += texts.size();
        }
        double[] micros = callMicros(rounds);
        return new Result(
                accuracy,
                changed,
                count,
                micros[micros.length / 2],
                micros[micros.length * 99 / 100],
                gradeMicros(rounds));
    }

    private Optional<String> identify(String text) {
        return detector.identify(Prose.sample(Prose.of(text), settings.sampleCharacters(), settings.sampleWindows()));
    }

    private double[] callMicros(int rounds) {
        List<Double> micros = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (String language : settings.languages()) {
                List<String> texts = samples.get(language);
                for (int i = 0; i < texts.size(); i++) {
                    String text = SampleTexts.withFormulasAndCode(texts.get(i), i);
                    long start = System.nanoTime();
                    identify(text);
                    if (round > 0) {
                        micros.add((System.nanoTime() - start) / 1e3);
                    }
                }
            }
        }
        double[] sorted = micros.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private double gradeMicros(int rounds) {
        LanguageGrader grader = new LanguageGrader(settings, detector);
        long graded = 0;
        long correct = 0;
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (String language : settings.languages()) {
                List<String> texts = samples.get(language);
                for (int i = 0; i < texts.size(); i++) {
                    String text = texts.get(i);
                    Grade grade = grader.grade(
                            RewardRequest.builder()
                                    .completionId("b/0/p/" + i)
                                    .groupId("b/0/p")
                                    .problem(text)
                                    .reference("5")
                                    .text(text)
                                    .completionTokens(10)
                                    .build(),
                            new ParsedCompletion(Optional.of(text), text, Optional.empty(), Optional.empty()));
                    graded++;
                    correct += grade.score() > 0 ? 1 : 0;
                }
            }
        }
        if (correct == 0) {
            throw new IllegalStateException("no text agrees with itself");
        }
        return (System.nanoTime() - start) / 1e3 / graded;
    }
}
