package io.tramontane.rewards.composition;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.answer.AnswerSettings;
import io.tramontane.rewards.code.CodeSettings;
import io.tramontane.rewards.correctness.CorrectnessSettings;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.gate.FormatSettings;
import io.tramontane.rewards.language.LanguageSettings;
import io.tramontane.rewards.length.LengthSettings;
import io.tramontane.rewards.math.comparison.MathSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.util.List;

/** Settings of the reward; see Magistral §2.2 for the values the defaults follow. */
public record RewardSettings(
        @JsonPropertyDescription("The format gate: what a completion must look like to be graded at all.")
        @NotNull
        @Valid
        FormatSettings format,

        @JsonPropertyDescription("Where the answer is found in a completion.") @NotNull @Valid
        AnswerSettings answer,

        @JsonPropertyDescription("Equality of the answer with the reference.") @NotNull @Valid
        CorrectnessSettings correctness,

        @JsonPropertyDescription("What counts as the same mathematical answer.") @NotNull @Valid
        MathSettings math,

        @JsonPropertyDescription("How programs are graded.") @NotNull @Valid
        CodeSettings code,

        @JsonPropertyDescription("The penalty on long completions.") @NotNull @Valid
        LengthSettings length,

        @JsonPropertyDescription("Consistency of the language of problem, thoughts and answer.") @NotNull @Valid
        LanguageSettings language,

        @JsonPropertyDescription("Components of your own, made by factories on the class path.") @NotNull
        List<@NotNull @Valid CustomSettings> custom)
        implements Serializable {}
