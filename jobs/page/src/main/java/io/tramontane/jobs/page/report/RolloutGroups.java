package io.tramontane.jobs.page.report;

import io.tramontane.jobs.page.rollouts.GroupView;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import io.tramontane.schemas.WeightSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sampled completions of a run as the groups they were trained in. */
final class RolloutGroups {

    /** A page that holds more is slow to open. */
    private static final int MOST_GROUPS = 60;

    private RolloutGroups() {}

    /** In order of their steps; of many, some that are evenly spread over the run. */
    static List<GroupView> of(List<Rollout> rollouts) {
        Map<String, List<Rollout>> groups = new LinkedHashMap<>();
        rollouts.forEach(rollout -> groups.computeIfAbsent(rollout.groupId(), added -> new ArrayList<>())
                .add(rollout));
        List<List<Rollout>> all = List.copyOf(groups.values());
        int count = Math.min(MOST_GROUPS, all.size());
        List<GroupView> views = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int position = count == 1 ? 0 : (int) ((long) index * (all.size() - 1) / (count - 1));
            List<Rollout> group = all.get(position);
            views.add(GroupView.of(group(group), group.get(0).step(), Optional.empty()));
        }
        return views;
    }

    private static Group group(List<Rollout> rollouts) {
        Rollout first = rollouts.get(0);
        double mean = rollouts.stream().mapToDouble(Rollout::reward).average().orElse(0);
        double variance = rollouts.stream()
                .mapToDouble(rollout -> (rollout.reward() - mean) * (rollout.reward() - mean))
                .average()
                .orElse(0);
        List<ScoredCompletion> completions = new ArrayList<>();
        for (Rollout rollout : rollouts) {
            completions.add(scored(rollout, completions.size(), rollouts.size()));
        }
        return Group.newBuilder()
                .setGroupId(first.groupId())
                .setRunId("")
                .setProblemId("")
                .setLanguage(first.language())
                .setGroupSize(rollouts.size())
                .setCompletions(completions)
                .setRewardMean(mean)
                .setRewardStd(Math.sqrt(variance))
                .setFate(GroupFate.TRAINABLE)
                .build();
    }

    private static ScoredCompletion scored(Rollout rollout, int sample, int size) {
        Completion completion = Completion.newBuilder()
                .setCompletionId(rollout.completionId())
                .setGroupId(rollout.groupId())
                .setRunId("")
                .setSampleIndex(sample)
                .setGroupSize(size)
                .setProblemId("")
                .setProblem(rollout.problem())
                .setReference(rollout.reference())
                .setLanguage(rollout.language())
                .setText(rollout.completion())
                .setPromptTokens(PackedNumbers.ints(new int[0]))
                .setCompletionTokens(PackedNumbers.ints(new int[rollout.tokens()]))
                .setLogProbs(PackedNumbers.floats(new float[0]))
                .setSpans(rollout.spans().stream()
                        .map(span -> new WeightSpan(span.incarnation(), span.version(), span.start(), span.end()))
                        .toList())
                .setFinishReason(FinishReason.valueOf(rollout.finishReason()))
                .setGeneratorId("")
                .setStartedAt(0)
                .setFinishedAt(0)
                .build();
        List<RewardComponent> components = rollout.components().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new RewardComponent(
                        entry.getKey(),
                        entry.getValue().value(),
                        Verdict.valueOf(entry.getValue().verdict()),
                        entry.getValue().reason() == null
                                ? ""
                                : entry.getValue().reason(),
                        0L))
                .toList();
        return new ScoredCompletion(completion, rollout.reward(), components, rollout.advantage());
    }
}
