package io.tramontane.rewards.composition;

import io.tramontane.rewards.code.CodeGrader;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.rewards.custom.CustomComponentException;
import io.tramontane.rewards.custom.CustomComponents;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.gate.FormatGate;
import io.tramontane.rewards.language.DetectorChoice;
import io.tramontane.rewards.language.LanguageDetectors;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.rewards.language.fasttext.FastTextFormatException;
import io.tramontane.rewards.length.LengthGrader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the constraints of single settings cannot tell: whether a reward can be made of them here. */
public final class RewardChecks {

    private static final Set<String> BUILT_IN =
            Set.of(FormatGate.NAME, CorrectnessGrader.NAME, LengthGrader.NAME, LanguageGrader.NAME);

    private RewardChecks() {}

    /** All problems of settings whose constraints hold; nothing of them is left running. */
    public static List<RewardProblem> of(RewardSettings settings) {
        List<RewardProblem> problems = new ArrayList<>();
        checkLanguage(settings, problems);
        checkCode(settings, problems);
        if (!settings.custom().isEmpty()) {
            checkCustom(settings.custom(), problems);
        }
        return problems;
    }

    private static void checkLanguage(RewardSettings settings, List<RewardProblem> problems) {
        if (!settings.language().enabled()) {
            return;
        }
        if (settings.language().detector() == DetectorChoice.FASTTEXT
                && settings.language().model().isEmpty()) {
            problems.add(new RewardProblem(
                    "language.model", "must name a fastText model (.bin or .ftz) when detector is fasttext"));
            return;
        }
        try {
            LanguageDetectors.of(settings.language());
        } catch (FastTextFormatException e) {
            problems.add(new RewardProblem("language.model", e.getMessage()));
        } catch (IllegalArgumentException e) {
            problems.add(new RewardProblem("language.languages", e.getMessage()));
        }
    }

    /** Where all problems are programs there is no use in starting without a sandbox. */
    private static void checkCode(RewardSettings settings, List<RewardProblem> problems) {
        if (!settings.correctness().enabled() || settings.correctness().verifier() != VerifierChoice.CODE) {
            return;
        }
        try (CodeGrader grader = new CodeGrader(settings.code(), false)) {
            grader.start();
        } catch (SandboxException e) {
            problems.add(new RewardProblem("code", e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.add(new RewardProblem("code", "interrupted while the sandbox was tried"));
        }
    }

    private static void checkCustom(List<CustomSettings> custom, List<RewardProblem> problems) {
        CustomComponents components;
        try {
            components = CustomComponents.onClassPath();
        } catch (IllegalArgumentException e) {
            problems.add(new RewardProblem("custom", e.getMessage()));
            return;
        }
        Set<String> names = new HashSet<>(BUILT_IN);
        for (int index = 0; index < custom.size(); index++) {
            CustomSettings settings = custom.get(index);
            String prefix = "custom[" + index + "].";
            if (!names.add(settings.name())) {
                problems.add(new RewardProblem(
                        prefix + "name",
                        "there is a component '" + settings.name() + "' already; choose another name"));
            }
            try {
                components.create(settings).close();
            } catch (CustomComponentException e) {
                problems.add(new RewardProblem(prefix + e.key(), e.getMessage()));
            }
        }
    }
}
