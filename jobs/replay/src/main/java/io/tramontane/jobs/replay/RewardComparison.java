package io.tramontane.jobs.replay;

import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The groups of a run beside the same groups under other rewards. The originals are kept without texts and tokens, so a
 * long run fits; the replayed ones are compared as they come. Not thread-safe.
 */
final class RewardComparison {

    /** A component of the reward over all compared completions that have it on either side. */
    static final class ComponentDelta {
        private double valueBefore;
        private double valueAfter;
        private long correctBefore;
        private long correctAfter;
        private long changedVerdicts;

        /** Sum of its weighted values in the run. */
        double valueBefore() {
            return valueBefore;
        }

        double valueAfter() {
            return valueAfter;
        }

        /** Completions it found right in the run. */
        long correctBefore() {
            return correctBefore;
        }

        long correctAfter() {
            return correctAfter;
        }

        /** Completions with another verdict than in the run, or with a verdict on one side only. */
        long changedVerdicts() {
            return changedVerdicts;
        }

        private void add(Optional<RewardComponent> before, Optional<RewardComponent> after) {
            valueBefore += before.map(RewardComponent::getValue).orElse(0.0);
            valueAfter += after.map(RewardComponent::getValue).orElse(0.0);
            correctBefore += correct(before) ? 1 : 0;
            correctAfter += correct(after) ? 1 : 0;
            changedVerdicts += changed(before, after) ? 1 : 0;
        }

        private static boolean correct(Optional<RewardComponent> component) {
            return component
                    .filter(present -> present.getVerdict() == Verdict.CORRECT)
                    .isPresent();
        }
    }

    /** Another fate than in the run. */
    record FateChange(GroupFate before, GroupFate after) implements Comparable<FateChange> {
        @Override
        public int compareTo(FateChange other) {
            int byBefore = before.compareTo(other.before);
            return byBefore != 0 ? byBefore : after.compareTo(other.after);
        }
    }

    /** What is kept of a completion of the run. */
    private record Original(double reward, double advantage, List<RewardComponent> components) {}

    private record OriginalGroup(GroupFate fate, double mean, double std, Map<Integer, Original> bySample) {}

    private final Map<String, OriginalGroup> originals = new HashMap<>();
    private final Consumer<ChangedCompletion> changes;
    private final Map<String, ComponentDelta> components = new LinkedHashMap<>();
    private final Map<FateChange, Long> fateChanges = new TreeMap<>();
    private long groups;
    private long unmatched;
    private long identical;
    private long completions;
    private double rewardBefore;
    private double rewardAfter;
    private long changedCompletions;
    private long changedSigns;

    /** @param changes receives every completion some component of which has another verdict */
    RewardComparison(Consumer<ChangedCompletion> changes) {
        this.changes = changes;
    }

    /** Takes a group of the run; all of them before the first of the replay. */
    void addOriginal(Group group) {
        Map<Integer, Original> bySample = new HashMap<>();
        for (ScoredCompletion scored : group.getCompletions()) {
            bySample.put(
                    scored.getCompletion().getSampleIndex(),
                    new Original(scored.getReward(), scored.getAdvantage(), List.copyOf(scored.getComponents())));
        }
        originals.put(
                group.getGroupId(),
                new OriginalGroup(group.getFate(), group.getRewardMean(), group.getRewardStd(), bySample));
    }

    /** Compares a group of the replay. */
    void addReplayed(Group group) {
        OriginalGroup original = originals.remove(group.getGroupId());
        if (original == null) {
            unmatched++;
            return;
        }
        groups++;
        if (original.fate() != group.getFate()) {
            fateChanges.merge(new FateChange(original.fate(), group.getFate()), 1L, Long::sum);
        }
        identical += identical(original, group) ? 1 : 0;
        for (ScoredCompletion scored : group.getCompletions()) {
            Original before = original.bySample().get(scored.getCompletion().getSampleIndex());
            if (before != null) {
                compare(before, scored);
            }
        }
    }

    /** In everything but the time that grading took. */
    private static boolean identical(OriginalGroup before, Group after) {
        return before.fate() == after.getFate()
                && same(before.mean(), after.getRewardMean())
                && same(before.std(), after.getRewardStd())
                && before.bySample().size() == after.getCompletions().size()
                && after.getCompletions().stream()
                        .allMatch(scored -> identical(
                                before.bySample().get(scored.getCompletion().getSampleIndex()), scored));
    }

    private static boolean identical(Original before, ScoredCompletion after) {
        return before != null
                && same(before.reward(), after.getReward())
                && same(before.advantage(), after.getAdvantage())
                && before.components().size() == after.getComponents().size()
                && IntStream.range(0, before.components().size())
                        .allMatch(index -> identical(
                                before.components().get(index),
                                after.getComponents().get(index)));
    }

    private static boolean identical(RewardComponent before, RewardComponent after) {
        return before.getName().equals(after.getName())
                && before.getVerdict() == after.getVerdict()
                && before.getReason().equals(after.getReason())
                && same(before.getValue(), after.getValue());
    }

    /** Bit for bit. */
    private static boolean same(double before, double after) {
        return Double.doubleToRawLongBits(before) == Double.doubleToRawLongBits(after);
    }

    private void compare(Original before, ScoredCompletion after) {
        completions++;
        rewardBefore += before.reward();
        rewardAfter += after.getReward();
        if (Math.signum(before.advantage()) != Math.signum(after.getAdvantage())) {
            changedSigns++;
        }
        List<String> changed = new ArrayList<>();
        for (String name : names(before.components(), after.getComponents())) {
            Optional<RewardComponent> then = named(before.components(), name);
            Optional<RewardComponent> now = named(after.getComponents(), name);
            components.computeIfAbsent(name, key -> new ComponentDelta()).add(then, now);
            if (changed(then, now)) {
                changed.add(name);
            }
        }
        if (!changed.isEmpty()) {
            changedCompletions++;
            changes.accept(
                    new ChangedCompletion(changed, before.reward(), before.advantage(), before.components(), after));
        }
    }

    private static boolean changed(Optional<RewardComponent> before, Optional<RewardComponent> after) {
        return !before.map(RewardComponent::getVerdict).equals(after.map(RewardComponent::getVerdict));
    }

    private static List<String> names(List<RewardComponent> before, List<RewardComponent> after) {
        List<String> names = new ArrayList<>();
        for (List<RewardComponent> side : List.of(before, after)) {
            for (RewardComponent component : side) {
                if (!names.contains(component.getName())) {
                    names.add(component.getName());
                }
            }
        }
        return names;
    }

    private static Optional<RewardComponent> named(List<RewardComponent> components, String name) {
        return components.stream()
                .filter(component -> component.getName().equals(name))
                .findFirst();
    }

    /** Groups on both sides. */
    long groups() {
        return groups;
    }

    /** Those whose fate, rewards, verdicts and advantages are the run's bit for bit. */
    long identicalGroups() {
        return identical;
    }

    /** Groups of the replay that the run never finished. */
    long unmatched() {
        return unmatched;
    }

    /** Completions on both sides. */
    long completions() {
        return completions;
    }

    double rewardMeanBefore() {
        return completions == 0 ? 0 : rewardBefore / completions;
    }

    double rewardMeanAfter() {
        return completions == 0 ? 0 : rewardAfter / completions;
    }

    /** By name, in the order in which they are graded. */
    Map<String, ComponentDelta> components() {
        return components;
    }

    /** How many groups changed fate, and how. */
    Map<FateChange, Long> fateChanges() {
        return fateChanges;
    }

    /** Completions with another verdict of some component. */
    long changedCompletions() {
        return changedCompletions;
    }

    /** Completions whose advantage went between negative, zero and positive. */
    long changedSigns() {
        return changedSigns;
    }
}
