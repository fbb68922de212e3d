package io.tramontane.jobs.page.rollouts;

import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.gate.FormatGate;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** What completions can be filtered by; a completion has any number of them. */
public enum RolloutMark {
    RIGHT(component(CorrectnessGrader.NAME, Verdict.CORRECT)),
    WRONG(component(CorrectnessGrader.NAME, Verdict.WRONG)),
    TIMEOUT(any(Verdict.TIMEOUT)),
    CRASHED(any(Verdict.CRASHED)),
    UNGRADABLE(any(Verdict.UNGRADABLE)),
    BAD_FORMAT(component(FormatGate.NAME, Verdict.WRONG)),
    WRONG_LANGUAGE(component(LanguageGrader.NAME, Verdict.WRONG)),
    TRUNCATED(scored -> scored.getCompletion().getFinishReason() == FinishReason.LENGTH),
    SEVERAL_VERSIONS(scored -> scored.getCompletion().getSpans().size() > 1);

    private final Predicate<ScoredCompletion> holds;

    RolloutMark(Predicate<ScoredCompletion> holds) {
        this.holds = holds;
    }

    private static Predicate<ScoredCompletion> component(String name, Verdict verdict) {
        return scored -> scored.getComponents().stream()
                .anyMatch(component -> component.getName().equals(name) && component.getVerdict() == verdict);
    }

    private static Predicate<ScoredCompletion> any(Verdict verdict) {
        return scored ->
                scored.getComponents().stream().map(RewardComponent::getVerdict).anyMatch(verdict::equals);
    }

    /** Those a completion has. */
    static Set<RolloutMark> of(ScoredCompletion scored) {
        Set<RolloutMark> marks = EnumSet.noneOf(RolloutMark.class);
        for (RolloutMark mark : values()) {
            if (mark.holds.test(scored)) {
                marks.add(mark);
            }
        }
        return marks;
    }

    /** A bit for each. */
    static short bits(Set<RolloutMark> marks) {
        int bits = 0;
        for (RolloutMark mark : marks) {
            bits |= 1 << mark.ordinal();
        }
        return (short) bits;
    }
}
