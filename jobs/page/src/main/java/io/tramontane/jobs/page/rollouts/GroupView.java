package io.tramontane.jobs.page.rollouts;

import io.tramontane.jobs.page.facts.TokenDecoder;
import io.tramontane.jobs.page.rollouts.TextSpans.TextSpan;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group as the page shows it.
 *
 * @param problem as the policy read it
 * @param reference the verifiable answer
 * @param step that trained it; 0 for none
 * @param spansExact whether the parts of texts are where the tokens say, or about there
 */
public record GroupView(
        String groupId,
        String problemId,
        String problem,
        String reference,
        String language,
        String fate,
        long step,
        int groupSize,
        double rewardMean,
        double rewardStd,
        boolean spansExact,
        List<Sample> completions) {

    /**
     * One completion.
     *
     * @param seconds from its first token to its last
     */
    public record Sample(
            int sample,
            String completionId,
            String text,
            double reward,
            double advantage,
            String finishReason,
            int tokens,
            String generator,
            double seconds,
            Set<RolloutMark> marks,
            List<Part> components,
            List<TextSpan> spans) {}

    /** What one part of the reward said. */
    public record Part(String name, double value, String verdict, String reason, long micros) {}

    /** @param decoder of the policy's tokens, where it is at hand */
    public static GroupView of(Group group, long step, Optional<TokenDecoder> decoder) {
        Optional<Completion> any = group.getCompletions().stream()
                .map(ScoredCompletion::getCompletion)
                .findFirst();
        return new GroupView(
                group.getGroupId(),
                group.getProblemId(),
                any.map(Completion::getProblem).orElse(""),
                any.map(Completion::getReference).orElse(""),
                group.getLanguage(),
                group.getFate().name(),
                step,
                group.getGroupSize(),
                group.getRewardMean(),
                group.getRewardStd(),
                decoder.isPresent(),
                group.getCompletions().stream()
                        .map(scored -> sample(scored, decoder))
                        .toList());
    }

    private static Sample sample(ScoredCompletion scored, Optional<TokenDecoder> decoder) {
        Completion completion = scored.getCompletion();
        return new Sample(
                completion.getSampleIndex(),
                completion.getCompletionId(),
                completion.getText(),
                scored.getReward(),
                scored.getAdvantage(),
                completion.getFinishReason().name(),
                PackedNumbers.count(completion.getCompletionTokens()),
                completion.getGeneratorId(),
                (completion.getFinishedAt() - completion.getStartedAt()) / 1e3,
                RolloutMark.of(scored),
                scored.getComponents().stream()
                        .map(component -> new Part(
                                component.getName(),
                                component.getValue(),
                                component.getVerdict().name(),
                                component.getReason(),
                                component.getMicros()))
                        .toList(),
                TextSpans.of(completion, decoder));
    }
}
