package io.tramontane.jobs.lab.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.rewards.language.DetectorChoice;
import io.tramontane.rewards.language.LanguageSettings;
import io.tramontane.rewards.language.SampleTexts;
import io.tramontane.rewards.language.UndeterminedAnswer;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is promised of language detection, on texts of ten to thirty words. */
class LanguageBenchmarkTest {

    private static final double REQUIRED_ACCURACY = 0.98;

    private static final int TEXTS_PER_LANGUAGE = 44;

    /** Written without spaces between words. */
    private static final List<String> UNSPACED = List.of("zh", "ja");

    private final SampleTexts texts = SampleTexts.load();

    @Test
    void elevenLanguagesAreToldApartWhateverFormulasAndCodeStandBetween() {
        LanguageBenchmark.Result result = new LanguageBenchmark(settings(), TEXTS_PER_LANGUAGE).run(2);

        System.out.printf(
                "language detection: %.2f%% of %d texts right, %d changed by formulas and code, median %.0f us a call;"
                        + " by language %s%n",
                100 * result.overall(), result.texts(), result.changed(), result.medianMicros(), result.accuracy());
        assertThat(result.overall()).isGreaterThanOrEqualTo(REQUIRED_ACCURACY);
        assertThat(result.changed()).isZero();
    }

    @Test
    void textsAreDistinctAndOfTenToThirtyWords() {
        assertThat(texts.languages()).hasSize(11);
        for (String language : texts.languages()) {
            List<String> samples = texts.of(language);

            assertThat(samples).as(language).hasSizeGreaterThan(100);
            assertThat(new HashSet<>(samples)).as(language).hasSameSizeAs(samples);
            if (!UNSPACED.contains(language)) {
                for (String text : samples) {
                    assertThat(text.split(" ").length).as(text).isBetween(10, 30);
                }
            }
        }
    }

    private LanguageSettings settings() {
        return new LanguageSettings(
                DetectorChoice.OPENNLP, "", texts.languages(), 12, UndeterminedAnswer.IGNORE, 1_000, 8);
    }
}
