package io.tramontane.rewards;

import io.tramontane.rewards.answer.AnswerExtraction;
import io.tramontane.rewards.answer.AnswerSettings;
import io.tramontane.rewards.code.CodeFixtures;
import io.tramontane.rewards.composition.ComponentSettings;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.correctness.CorrectnessSettings;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.format.ThinkPart;
import io.tramontane.rewards.gate.FormatSettings;
import io.tramontane.rewards.language.DetectorChoice;
import io.tramontane.rewards.language.LanguageSettings;
import io.tramontane.rewards.language.UndeterminedAnswer;
import io.tramontane.rewards.length.LengthSettings;
import io.tramontane.rewards.math.MathFixtures;
import java.util.List;
import java.util.Map;

/** Settings with the values of Magistral §2.2, and requests, for the tests of this module. */
public final class RewardFixtures {

    public static final AnswerSettings BOXED = new AnswerSettings(AnswerExtraction.BOXED, null);
    public static final LengthSettings LENGTH = new LengthSettings(100, 20);
    public static final LanguageSettings LANGUAGE = language(UndeterminedAnswer.IGNORE, DetectorChoice.OPENNLP, "");

    /** Length and language. */
    public static final Map<String, ComponentSettings> COMPONENTS = Map.of(
            "length", new ComponentSettings(true, 0.1, LENGTH), "language", new ComponentSettings(true, 0.1, LANGUAGE));

    private RewardFixtures() {}

    /** Four languages, recognised by this detector. */
    public static LanguageSettings language(UndeterminedAnswer undetermined, DetectorChoice detector, String model) {
        return new LanguageSettings(detector, model, List.of("en", "fr", "de", "es"), 12, undetermined, 2_000, 8);
    }

    /** Gate, boxed answer, all weights of the report. */
    public static RewardSettings settings() {
        return settings(List.of());
    }

    /** The same with components of one's own. */
    public static RewardSettings settings(List<CustomSettings> custom) {
        return new RewardSettings(
                new FormatSettings(true, true, ThinkPart.REQUIRED, 0.1),
                BOXED,
                new CorrectnessSettings(true, 0.9, VerifierChoice.NUMERIC, false),
                MathFixtures.SETTINGS,
                CodeFixtures.SETTINGS,
                COMPONENTS,
                custom);
    }

    /** A short completion of ten tokens. */
    public static RewardRequest request(String problem, String reference, String text) {
        return request(problem, reference, text, 10);
    }

    public static RewardRequest request(String problem, String reference, String text, int tokens) {
        return RewardRequest.builder()
                .completionId("run/0/p/0")
                .groupId("run/0/p")
                .problem(problem)
                .reference(reference)
                .text(text)
                .completionTokens(tokens)
                .build();
    }
}
