package io.tramontane.rewards.composition;

import io.tramontane.rewards.RewardProblem;
import io.tramontane.rewards.code.CodeGrader;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.rewards.custom.CustomComponents;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.gate.FormatGate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the constraints of single settings cannot tell: whether a reward can be made of them here. */
public final class RewardChecks {

    private RewardChecks() {}

    /** All problems of settings whose constraints hold; nothing of them is left running. */
    public static List<RewardProblem> of(RewardSettings settings) {
        Components components = new Components();
        List<RewardProblem> problems = new ArrayList<>(components.problems(settings.components()));
        checkCode(settings, problems);
        if (!settings.custom().isEmpty()) {
            Set<String> taken = new HashSet<>(components.taken(settings.components()));
            taken.add(FormatGate.NAME);
            taken.add(CorrectnessGrader.NAME);
            checkCustom(settings.custom(), taken, problems);
        }
        return problems;
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

    private static void checkCustom(List<CustomSettings> custom, Set<String> taken, List<RewardProblem> problems) {
        CustomComponents components;
        try {
            components = CustomComponents.onClassPath();
        } catch (IllegalArgumentException e) {
            problems.add(new RewardProblem("custom", e.getMessage()));
            return;
        }
        for (int index = 0; index < custom.size(); index++) {
            CustomSettings settings = custom.get(index);
            String element = "custom[" + index + "]";
            if (!taken.add(settings.name())) {
                problems.add(new RewardProblem(
                        element + ".name",
                        "there is a component '" + settings.name() + "' already; choose another name"));
            }
            components.check(settings).forEach(problem -> problems.add(problem.within(element)));
        }
    }
}
