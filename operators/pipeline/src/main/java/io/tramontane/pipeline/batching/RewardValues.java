package io.tramontane.pipeline.batching;

import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rewards of all complete groups that came since the batch before, one by one, since quantiles do not add up; and
 * beside the whole reward the value of each component, for the completions that were asked about it. A batch has some
 * thousands. Not thread-safe.
 */
final class RewardValues {

    /** The name of the whole reward; no component has it. */
    static final String WHOLE = "";

    private final Map<String, Values> byName = new TreeMap<>();

    /** @param stored what {@link #toMap()} returned; null, as in the state of older releases, for nothing */
    RewardValues(Map<String, double[]> stored) {
        if (stored != null) {
            stored.forEach((name, values) -> byName.put(name, new Values(values)));
        }
    }

    private static final class Values {
        private double[] values;
        private int count;

        private Values(double[] values) {
            this.values = values;
            count = values.length;
        }

        private void add(double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, Math.max(64, 2 * count));
            }
            values[count++] = value;
        }

        private double[] toArray() {
            return Arrays.copyOf(values, count);
        }

        private RewardSpread spread() {
            double[] sorted = toArray();
            Arrays.sort(sorted);
            double mean = Arrays.stream(sorted).average().orElseThrow();
            return new RewardSpread(mean, quantile(sorted, 0.1), quantile(sorted, 0.9));
        }

        /** Between the two nearest ranks in proportion. */
        private static double quantile(double[] sorted, double share) {
            double rank = share * (sorted.length - 1);
            int below = (int) rank;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
        }
    }

    /** Takes the rewards of a complete group in; any other has none. */
    void add(Group group) {
        if (group.getFate() == GroupFate.STALE || group.getFate() == GroupFate.INCOMPLETE) {
            return;
        }
        for (ScoredCompletion scored : group.getCompletions()) {
            add(WHOLE, scored.getReward());
            for (RewardComponent component : scored.getComponents()) {
                add(component.getName(), component.getValue());
            }
        }
    }

    private void add(String name, double value) {
        byName.computeIfAbsent(name, first -> new Values(new double[0])).add(value);
    }

    /** All values by name, to go on from. */
    Map<String, double[]> toMap() {
        return byName.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toArray()));
    }

    /** How each part of the reward is spread, by its name. */
    Map<String, RewardSpread> spreads() {
        return byName.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().spread()));
    }

    void clear() {
        byName.clear();
    }
}
