package io.tramontane.rewards.composition;

import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.gate.FormatGate;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The reward of one completion and how it came about.
 *
 * @param reward sum of the components' values; exactly 0 when the format gate failed
 * @param components one entry for each grader that was asked, in the order in which they were asked
 */
public record ScoreCard(double reward, List<RewardComponent> components) {

    public ScoreCard {
        components = List.copyOf(components);
    }

    /** Whether the answer equals the reference; false when the format gate failed. */
    public boolean correct() {
        return correct(components);
    }

    /** As {@link #correct()}, of the components in a record. */
    public static boolean correct(List<RewardComponent> components) {
        return passed(components, CorrectnessGrader.NAME);
    }

    /** Whether problem, thoughts and answer are in one language; false when the format gate failed. */
    public boolean languageConsistent() {
        return languageConsistent(components);
    }

    /** As {@link #languageConsistent()}, of the components in a record. */
    public static boolean languageConsistent(List<RewardComponent> components) {
        return passed(components, LanguageGrader.NAME);
    }

    /** Whether the format gate let the completion pass, or no gate was asked. */
    public boolean wellFormed() {
        return component(FormatGate.NAME)
                .map(component -> component.getVerdict() == Verdict.CORRECT)
                .orElse(true);
    }

    /** The component of that name, if it was graded. */
    public Optional<RewardComponent> component(String name) {
        return components.stream()
                .filter(component -> component.getName().equals(name))
                .findFirst();
    }

    private static boolean passed(List<RewardComponent> components, String name) {
        return components.stream()
                .anyMatch(component -> component.getName().equals(name) && component.getVerdict() == Verdict.CORRECT);
    }
}
