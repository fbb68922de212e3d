package io.tramontane.rewards.language;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.util.List;

/** Settings of the language reward (Magistral §2.2.4). */
public record LanguageSettings(
        @JsonPropertyDescription(
                "What recognises languages: OpenNLP's detector, which comes with Tramontane, or your own fastText model.")
        @NotNull
        DetectorChoice detector,

        @JsonPropertyDescription(
                "File of the fastText model, .bin or .ftz, where scoring runs; for detector: fasttext.")
        @NotNull
        String model,

        @JsonPropertyDescription("ISO 639-1 codes of the languages the detector chooses among.") @NotEmpty
        List<@NotNull @Pattern(regexp = "[a-z]{2}", message = "must be a code of two lower-case letters") String>
                languages,

        @JsonPropertyDescription(
                "A text with fewer letters than this, LaTeX and code removed, has no detectable language; a"
                        + " Chinese, Japanese or Korean character counts as three.")
        @NotNull
        @Positive
        Integer minimumLetters,

        @JsonPropertyDescription(
                "What becomes of a completion whose answer part has too few letters beside its thoughts.")
        @NotNull
        UndeterminedAnswer undeterminedAnswer,

        @JsonPropertyDescription(
                "The detector reads at most about so many characters of a text, in windows spread evenly over it.")
        @NotNull
        @Positive
        Integer sampleCharacters,

        @JsonPropertyDescription("Number of windows in which a longer text is read.") @NotNull @Positive
        Integer sampleWindows)
        implements Serializable {}
