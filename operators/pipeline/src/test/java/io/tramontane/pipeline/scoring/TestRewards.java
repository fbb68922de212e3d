package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.answer.AnswerExtraction;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.answer.AnswerSettings;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.ThinkPart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rewards of hand-written graders, and settings to grade by. */
public final class TestRewards {

    /** Completions that may be in flight. */
    static final int CAPACITY = 100;

    private static final int MAXIMUM_OVERDUE = 8;

    private TestRewards() {}

    /** Without a gate. */
    public static RewardFunction of(WeightedGrader... graders) {
        return new RewardFunction(parser(), Optional.empty(), List.of(graders));
    }

    /** Behind a gate. */
    public static RewardFunction gated(WeightedGrader gate, WeightedGrader... graders) {
        return new RewardFunction(parser(), Optional.of(gate), List.of(graders));
    }

    private static CompletionParser parser() {
        return new CompletionParser(
                ThinkPart.ABSENT, new AnswerExtractor(new AnswerSettings(AnswerExtraction.BOXED, "")));
    }

    /** The same threads and deadline for every kind of verifier. */
    public static ScoringSettings settings(int threads, Duration deadline, Duration patience) {
        PoolSettings pool = new PoolSettings(threads, deadline);
        return new ScoringSettings(threads, CAPACITY, deadline, patience, pool, pool, MAXIMUM_OVERDUE);
    }
}
