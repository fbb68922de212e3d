package io.tramontane.jobs.replay.score;

import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the groups of a scoring job amount to. Not thread-safe. */
final class ScoreStatistics {

    private static final String CORRECTNESS = "correctness";

    /** Completions graded and right. */
    static final class Share {
        private long right;
        private long all;

        private void add(boolean correct) {
            right += correct ? 1 : 0;
            all++;
        }

        long right() {
            return right;
        }

        long all() {
            return all;
        }

        double value() {
            return all == 0 ? 0 : (double) right / all;
        }
    }

    /**
     * A completion whose verdict is not what its label says.
     *
     * @param label whether it is right, as labelled
     * @param verdict on its answer
     * @param reason of the verdict
     */
    record Disagreement(
            String problemId, String model, boolean label, String verdict, String reason, String reference) {}

    private final Map<String, Boolean> labels;
    private final Share completions = new Share();
    private final Map<String, Share> byModel = new TreeMap<>();
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final Map<GroupFate, Long> fates = new EnumMap<>(GroupFate.class);
    private final Map<Integer, Long> byRightInGroup = new TreeMap<>();
    private final List<Disagreement> disagreements = new ArrayList<>();
    private long labelled;
    private long groups;
    private double rewardSum;
    private double deviationSum;

    /** @param labels by completion id, for those that have one */
    ScoreStatistics(Map<String, Boolean> labels) {
        this.labels = Map.copyOf(labels);
    }

    void add(Group group) {
        groups++;
        fates.merge(group.getFate(), 1L, Long::sum);
        deviationSum += group.getRewardStd();
        int right = 0;
        for (ScoredCompletion scored : group.getCompletions()) {
            right += add(scored) ? 1 : 0;
        }
        byRightInGroup.merge(right, 1L, Long::sum);
    }

    private boolean add(ScoredCompletion scored) {
        ScoreCard card = new ScoreCard(scored.getReward(), scored.getComponents());
        boolean correct = card.correct();
        completions.add(correct);
        byModel.computeIfAbsent(scored.getCompletion().getGeneratorId(), model -> new Share())
                .add(correct);
        rewardSum += scored.getReward();
        card.component(CORRECTNESS).ifPresent(component -> verdicts.merge(component.getVerdict(), 1L, Long::sum));
        Boolean label = labels.get(scored.getCompletion().getCompletionId());
        if (label != null) {
            labelled++;
            if (label != correct) {
                disagreements.add(disagreement(scored, label, card));
            }
        }
        return correct;
    }

    private static Disagreement disagreement(ScoredCompletion scored, boolean label, ScoreCard card) {
        RewardComponent component = card.component(CORRECTNESS)
                .orElse(card.components().get(card.components().size() - 1));
        return new Disagreement(
                scored.getCompletion().getProblemId(),
                scored.getCompletion().getGeneratorId(),
                label,
                component.getName() + " " + component.getVerdict(),
                component.getReason(),
                scored.getCompletion().getReference());
    }

    Share completions() {
        return completions;
    }

    /** By the model that wrote them. */
    Map<String, Share> byModel() {
        return byModel;
    }

    /** How often each verdict on correctness was given. */
    Map<Verdict, Long> verdicts() {
        return verdicts;
    }

    long groups() {
        return groups;
    }

    long groups(GroupFate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** Share of groups that teach nothing, because all their advantages are zero. */
    double zeroVarianceShare() {
        return groups == 0 ? 0 : (double) groups(GroupFate.ZERO_VARIANCE) / groups;
    }

    /** How many groups have so many right completions. */
    Map<Integer, Long> byRightInGroup() {
        return byRightInGroup;
    }

    double rewardMean() {
        return completions.all() == 0 ? 0 : rewardSum / completions.all();
    }

    /** Mean over groups of the standard deviation of their rewards. */
    double deviationMean() {
        return groups == 0 ? 0 : deviationSum / groups;
    }

    long labelled() {
        return labelled;
    }

    /** Share of labelled completions whose verdict is that of the label. */
    double agreement() {
        return labelled == 0 ? 0 : 1 - (double) disagreements.size() / labelled;
    }

    /** In order of problem and model. */
    List<Disagreement> disagreements() {
        return disagreements.stream()
                .sorted(Comparator.comparing(Disagreement::problemId).thenComparing(Disagreement::model))
                .toList();
    }
}
