package io.tramontane.rewards.language;

import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import io.tramontane.rewards.RewardProblem;
import io.tramontane.rewards.language.fasttext.FastTextFormatException;
import java.util.List;

/** The reward for one language throughout, as the configuration chooses it. */
public final class LanguagePlugin implements GraderPlugin<LanguageSettings> {

    private static final List<String> LANGUAGES = List.of("en", "fr", "de", "es");
    private static final int MINIMUM_LETTERS = 12;
    private static final int SAMPLE_CHARACTERS = 1_000;
    private static final int SAMPLE_WINDOWS = 8;

    @Override
    public String name() {
        return LanguageGrader.NAME;
    }

    @Override
    public LanguageSettings defaults() {
        return new LanguageSettings(
                DetectorChoice.OPENNLP,
                "",
                LANGUAGES,
                MINIMUM_LETTERS,
                UndeterminedAnswer.IGNORE,
                SAMPLE_CHARACTERS,
                SAMPLE_WINDOWS);
    }

    @Override
    public Grader create(LanguageSettings settings) {
        return new LanguageGrader(settings, LanguageDetectors.of(settings));
    }

    @Override
    public List<RewardProblem> check(LanguageSettings settings) {
        if (settings.detector() == DetectorChoice.FASTTEXT && settings.model().isEmpty()) {
            return List.of(
                    new RewardProblem("model", "must name a fastText model (.bin or .ftz) when detector is fasttext"));
        }
        try {
            LanguageDetectors.of(settings);
            return List.of();
        } catch (FastTextFormatException e) {
            return List.of(new RewardProblem("model", e.getMessage()));
        } catch (IllegalArgumentException e) {
            return List.of(new RewardProblem("languages", e.getMessage()));
        }
    }
}
