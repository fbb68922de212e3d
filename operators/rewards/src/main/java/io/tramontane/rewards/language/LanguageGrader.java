package io.tramontane.rewards.language;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.language.detection.LanguageDetector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a policy thinks and answers in the language it was asked in (Magistral §2.2.4).
 *
 * <p>LaTeX and code are removed from problem, thoughts and answer part; the language of each is detected, never taken
 * from the record; all must be equal. A part with too few letters is undetermined. What an undetermined answer part
 * (only a {@code \boxed{5}}) means is a setting; the thoughts must be determined and in the problem's language, and
 * without a part of thoughts this holds of the answer part. An undetermined problem makes the completion ungradable.
 */
public final class LanguageGrader implements Grader {

    /** Name of the component. */
    public static final String NAME = "language";

    private final LanguageDetector detector;
    private final int minimumLetters;
    private final UndeterminedAnswer undeterminedAnswer;
    private final int sampleCharacters;
    private final int sampleWindows;
    /** By the text of a problem, which comes again with every completion of its group. */
    private final Map<String, Optional<String>> problemLanguages = Collections.synchronizedMap(new RecentlyUsed<>());

    public LanguageGrader(LanguageSettings settings, LanguageDetector detector) {
        this.detector = detector;
        this.minimumLetters = settings.minimumLetters();
        this.undeterminedAnswer = settings.undeterminedAnswer();
        this.sampleCharacters = settings.sampleCharacters();
        this.sampleWindows = settings.sampleWindows();
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        Optional<String> problem = problemLanguage(request.problem());
        if (problem.isEmpty()) {
            return Grade.ungradable("the problem is too short to tell its language");
        }
        String expected = problem.get();
        String carrier = parsed.thoughts().isPresent() ? "thoughts" : "answer part";
        Optional<String> carried = detect(parsed.thoughts().orElse(parsed.answerPart()));
        if (carried.isEmpty()) {
            return Grade.wrong("the " + carrier + " has too few words to tell a language");
        }
        if (!carried.get().equals(expected)) {
            return Grade.wrong("problem in " + expected + ", " + carrier + " in " + carried.get());
        }
        // Without thoughts the answer part is the carrier, and in the right language by now.
        return parsed.thoughts().isPresent()
                ? gradeAnswerPart(expected, detect(parsed.answerPart()))
                : consistent(expected);
    }

    private Grade gradeAnswerPart(String expected, Optional<String> answer) {
        if (answer.isPresent()) {
            return answer.get().equals(expected)
                    ? consistent(expected)
                    : Grade.wrong("problem in " + expected + ", answer part in " + answer.get());
        }
        String undetermined = "the answer part has too few words to tell a language";
        return switch (undeterminedAnswer) {
            case IGNORE -> consistent(expected);
            case WRONG -> Grade.wrong(undetermined);
            case UNGRADABLE -> Grade.ungradable(undetermined);
        };
    }

    private static Grade consistent(String language) {
        return Grade.correct("all in " + language);
    }

    /** Not computed under the map's lock: two threads would wait for each other, once in a while both do the work. */
    private Optional<String> problemLanguage(String problem) {
        Optional<String> known = problemLanguages.get(problem);
        if (known == null) {
            known = detect(problem);
            problemLanguages.put(problem, known);
        }
        return known;
    }

    /** The language of a text, code and mathematics aside; empty when it has too few letters. */
    private Optional<String> detect(String text) {
        String prose = Prose.of(text);
        return Prose.letters(prose) < minimumLetters
                ? Optional.empty()
                : detector.identify(Prose.sample(prose, sampleCharacters, sampleWindows));
    }

    /** Forgets what was not asked for longest. */
    private static final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;
        private static final int CAPACITY = 1_024;
        private static final float LOAD_FACTOR = 0.75f;

        RecentlyUsed() {
            super(CAPACITY, LOAD_FACTOR, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > CAPACITY;
        }
    }
}
