package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.curriculum.StepProgress;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;

/**
 * Sums over the groups that came since the batch before, so that they add up. Rewards and lengths are of all
 * <em>complete</em> groups, those without variance included: over the trained ones alone they would be biased towards
 * hard problems. Flink state: fields may be added or removed, not retyped.
 *
 * @param groups complete groups
 * @param zeroVarianceGroups those of them that teach nothing
 * @param staleGroups groups that ended as stale before or in batching
 * @param incompleteGroups groups that ended as incomplete
 * @param completions of complete groups, as all that follow
 * @param rewardSum sum of rewards
 * @param correct completions whose answer is right
 * @param languageConsistent completions in one language throughout
 * @param truncated completions that the token budget ended
 * @param tokens completion tokens
 */
public record GroupStatistics(
        long groups,
        long zeroVarianceGroups,
        long staleGroups,
        long incompleteGroups,
        long completions,
        double rewardSum,
        long correct,
        long languageConsistent,
        long truncated,
        long tokens) {

    /** Of no group. */
    public static final GroupStatistics NONE = new GroupStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of one stale group. */
    static final GroupStatistics STALE_GROUP = new GroupStatistics(0, 0, 1, 0, 0, 0, 0, 0, 0, 0);

    /** Of one group. */
    static GroupStatistics of(Group group) {
        return switch (group.getFate()) {
            case STALE -> STALE_GROUP;
            case INCOMPLETE -> new GroupStatistics(0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
            case TRAINABLE, ZERO_VARIANCE -> ofComplete(group);
        };
    }

    private static GroupStatistics ofComplete(Group group) {
        double rewardSum = 0;
        long correct = 0;
        long languageConsistent = 0;
        long truncated = 0;
        long tokens = 0;
        for (ScoredCompletion scored : group.getCompletions()) {
            rewardSum += scored.getReward();
            correct += ScoreCard.correct(scored.getComponents()) ? 1 : 0;
            languageConsistent += ScoreCard.languageConsistent(scored.getComponents()) ? 1 : 0;
            truncated += scored.getCompletion().getFinishReason() == FinishReason.LENGTH ? 1 : 0;
            tokens += PackedNumbers.count(scored.getCompletion().getCompletionTokens());
        }
        return new GroupStatistics(
                1,
                group.getFate() == GroupFate.ZERO_VARIANCE ? 1 : 0,
                0,
                0,
                group.getCompletions().size(),
                rewardSum,
                correct,
                languageConsistent,
                truncated,
                tokens);
    }

    /** What the scheduler is sent about the step that these groups came before. */
    StepProgress progress(long step, int stage) {
        return new StepProgress(step, stage, share(correct), share(rewardSum), share(truncated));
    }

    private double share(double sum) {
        return completions == 0 ? 0 : sum / completions;
    }

    GroupStatistics plus(GroupStatistics other) {
        return new GroupStatistics(
                groups + other.groups,
                zeroVarianceGroups + other.zeroVarianceGroups,
                staleGroups + other.staleGroups,
                incompleteGroups + other.incompleteGroups,
                completions + other.completions,
                rewardSum + other.rewardSum,
                correct + other.correct,
                languageConsistent + other.languageConsistent,
                truncated + other.truncated,
                tokens + other.tokens);
    }
}
