package io.tramontane.rewards.language;

import io.tramontane.rewards.language.detection.LanguageDetector;
import io.tramontane.rewards.language.detection.OpenNlpDetector;
import io.tramontane.rewards.language.fasttext.FastTextDetector;
import java.nio.file.Path;

/** Makes the detector that the settings ask for. */
public final class LanguageDetectors {

    private LanguageDetectors() {}

    /**
     * The detector of these settings.
     *
     * @throws RuntimeException with a message of one line if the model cannot be used or lacks a language
     */
    public static LanguageDetector of(LanguageSettings settings) {
        return switch (settings.detector()) {
            case OPENNLP -> OpenNlpDetector.maskedTo(settings.languages());
            case FASTTEXT -> FastTextDetector.of(Path.of(settings.model()), settings.languages());
        };
    }
}
