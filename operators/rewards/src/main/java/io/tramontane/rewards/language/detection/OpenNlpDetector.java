package io.tramontane.rewards.language.detection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Names the language of a text: OpenNLP's detector (character n-grams), its answer masked to the languages that can
 * occur. Among 103 languages a short text is often mistaken for a neighbour; among the configured ones it rarely is.
 *
 * <p>Thread-safe. The model (some 40 MB of heap) is loaded once a JVM, at the first use.
 */
public final class OpenNlpDetector implements LanguageDetector {

    private static final String MODEL = "/langdetect-183.bin";

    /** Where OpenNLP names an individual language and ISO 639-1 means the macrolanguage. */
    private static final Map<String, String> INDIVIDUAL =
            Map.of("zh", "cmn", "fa", "pes", "et", "ekk", "lv", "lvs", "no", "nob");

    /** Detector's code (ISO 639-3) to ours (ISO 639-1), in the configured order. */
    private final Map<String, String> mask;

    private OpenNlpDetector(Map<String, String> mask) {
        this.mask = mask;
    }

    /**
     * A detector that chooses among these languages.
     *
     * @param languages ISO 639-1 codes
     * @throws IllegalArgumentException if the detector does not know one of them
     */
    public static OpenNlpDetector maskedTo(List<String> languages) {
        Set<String> supported = new TreeSet<>(List.of(Detector.INSTANCE.getSupportedLanguages()));
        Map<String, String> mask = new LinkedHashMap<>();
        for (String language : languages) {
            String code = codeOfDetector(language);
            if (!supported.contains(code)) {
                throw new IllegalArgumentException(
                        "the language detector does not know '" + language + "'; it knows " + supported);
            }
            mask.put(code, language);
        }
        return new OpenNlpDetector(mask);
    }

    @Override
    public Optional<String> identify(String prose) {
        if (prose.isBlank()) {
            return Optional.empty();
        }
        for (Language language : Detector.INSTANCE.predictLanguages(prose)) {
            String ours = mask.get(language.getLang());
            if (ours != null) {
                return Optional.of(ours);
            }
        }
        return Optional.empty();
    }

    private static String codeOfDetector(String language) {
        try {
            return INDIVIDUAL.getOrDefault(
                    language, new Locale.Builder().setLanguage(language).build().getISO3Language());
        } catch (MissingResourceException e) {
            return language;
        }
    }

    /** Loads the model when it is first needed. */
    private static final class Detector {
        static final LanguageDetectorME INSTANCE = load();

        private static LanguageDetectorME load() {
            try (InputStream model = LanguageDetectorME.class.getResourceAsStream(MODEL)) {
                if (model == null) {
                    throw new IllegalStateException("no language model on the class path: " + MODEL);
                }
                return new LanguageDetectorME(new LanguageDetectorModel(model));
            } catch (IOException e) {
                throw new UncheckedIOException("the language model cannot be read: " + MODEL, e);
            }
        }
    }
}
