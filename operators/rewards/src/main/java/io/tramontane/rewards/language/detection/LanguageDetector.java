package io.tramontane.rewards.language.detection;

import java.util.Optional;

/** Names the language of a text. Thread-safe, and a function of the text alone. */
public interface LanguageDetector {

    /**
     * The likeliest of the configured languages (ISO 639-1).
     *
     * @param prose one line without code and mathematics
     * @return empty if the text holds nothing that the detector knows
     */
    Optional<String> identify(String prose);
}
