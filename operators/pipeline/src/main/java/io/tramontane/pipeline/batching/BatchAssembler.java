package io.tramontane.pipeline.batching;

import io.tramontane.pipeline.Staleness;
import io.tramontane.pipeline.StalenessSettings;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.policy.objective.AdvantageMoments;
import io.tramontane.policy.training.MicroBatchPacking;
import io.tramontane.schemas.CurriculumStage;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes batches of a fixed number of completions, or one for each stage of a curriculum, from trainable groups,
 * normalises their advantages and cuts them into micro-batches.
 *
 * <p>Batch n is optimizer step n and so trained at version n − 1, however far ahead of the trainer it is assembled: the
 * last staleness check is exact and depends on nothing but the order of the groups.
 *
 * <p>A batch belongs to the stage of the group that opens it, but never to one before that of the batch before: groups
 * of a former stage may come late. So its size, too, depends on nothing but the order of the groups.
 *
 * <p>Groups are never split: with a group size that does not divide the batch, a batch ends with the group that fills
 * it. It holds less than one batch. Not thread-safe.
 */
public final class BatchAssembler {

    private final BatchingSettings settings;
    private final StalenessSettings staleness;
    private final Curriculum curriculum;
    private final List<BatchGroup> groups;
    private long number;
    private GroupStatistics statistics;
    private TokenLag lag;
    private final RewardValues rewards;
    private int stage;

    /**
     * Batches of one size, that of the settings.
     *
     * @param state where to go on; {@code BatchState.empty(1)} for a run from a base policy
     */
    public BatchAssembler(BatchingSettings settings, StalenessSettings staleness, BatchState state) {
        this(settings, staleness, Curriculum.none(0, settings.completionsPerBatch(), 0), state);
    }

    /**
     * @param curriculum how large the batches of each stage are
     * @param state where to go on; {@code BatchState.empty(1)} for a new run
     */
    public BatchAssembler(
            BatchingSettings settings, StalenessSettings staleness, Curriculum curriculum, BatchState state) {
        this.settings = settings;
        this.staleness = staleness;
        this.curriculum = curriculum;
        stage = state.stage();
        number = state.number();
        groups = new ArrayList<>(state.groups());
        statistics = state.statistics();
        lag = state.lag();
        rewards = new RewardValues(state.rewards());
    }

    /** The batch being filled. */
    public BatchState state() {
        return new BatchState(number, List.copyOf(groups), statistics, lag, rewards.toMap(), stage);
    }

    /** Whether some token of the trainable group would be too old in the batch being filled. */
    public boolean isStale(Group group) {
        return group.getCompletions().stream()
                .anyMatch(scored ->
                        Staleness.maximumLag(scored.getCompletion().getSpans(), trainedAt()) > staleness.maximumLag());
    }

    /** Counts a group that is not trained on. */
    public void count(Group group) {
        statistics = statistics.plus(GroupStatistics.of(group));
        rewards.add(group);
    }

    /** Counts a trainable group that was found stale here. */
    public void countStale() {
        statistics = statistics.plus(GroupStatistics.STALE_GROUP);
    }

    /**
     * Takes a trainable group into the batch.
     *
     * @return the micro-batches of the batch if the group completes it, else nothing
     */
    public List<MicroBatch> add(Group group) {
        if (group.getFate() != GroupFate.TRAINABLE) {
            throw new IllegalArgumentException("group " + group.getGroupId() + " is " + group.getFate());
        }
        count(group);
        if (groups.isEmpty()) {
            stage = Math.max(stage, stageOf(group));
        }
        lag = lag.plus(TokenLag.of(group, trainedAt()));
        groups.add(BatchGroup.of(group));
        return completions() < target() ? List.of() : complete();
    }

    private static int stageOf(Group group) {
        CurriculumStage stage = group.getCompletions().get(0).getCompletion().getStage();
        return stage == null ? 0 : stage.getNumber();
    }

    /** Completions that the batch being filled takes. */
    public int target() {
        return curriculum.stage(stage).completionsPerBatch();
    }

    /** Completions in the batch so far. */
    public int completions() {
        return groups.stream().mapToInt(member -> member.sequences().size()).sum();
    }

    /** The version at which the batch being filled will be trained. */
    long trainedAt() {
        return number - 1;
    }

    private List<MicroBatch> complete() {
        List<BatchSequence> raw =
                groups.stream().flatMap(group -> group.sequences().stream()).toList();
        double[] advantages = raw.stream().mapToDouble(BatchSequence::advantage).toArray();
        AdvantageMoments moments = AdvantageMoments.of(advantages);
        var summary = new BatchSummary(
                groups.stream().map(BatchGroup::groupId).toList(),
                groups.stream().mapToInt(group -> group.sequences().size()).toArray(),
                moments.mean(),
                moments.std(),
                statistics,
                lag,
                rewards.spreads(),
                curriculum.told(stage));
        List<MicroBatch> microBatches = cut(normalised(raw, advantages), summary);
        number++;
        groups.clear();
        statistics = GroupStatistics.NONE;
        lag = TokenLag.NONE;
        rewards.clear();
        return microBatches;
    }

    private List<BatchSequence> normalised(List<BatchSequence> raw, double[] advantages) {
        double[] groupStds = groups.stream()
                .flatMapToDouble(group -> group.sequences().stream().mapToDouble(sequence -> group.rewardStd()))
                .toArray();
        double[] normalised = settings.normalisation().normalised(advantages, groupStds);
        return IntStream.range(0, normalised.length)
                .mapToObj(index -> raw.get(index).withAdvantage(normalised[index]))
                .toList();
    }

    private List<MicroBatch> cut(List<BatchSequence> sequences, BatchSummary summary) {
        long tokens = sequences.stream()
                .mapToLong(sequence -> sequence.completionTokens().length)
                .sum();
        int[] lengths = sequences.stream().mapToInt(BatchSequence::length).toArray();
        List<List<Integer>> packed = MicroBatchPacking.pack(lengths, settings.microBatchTokens());
        List<MicroBatch> microBatches = new ArrayList<>();
        for (int index = 0; index < packed.size(); index++) {
            boolean last = index == packed.size() - 1;
            microBatches.add(new MicroBatch(
                    number,
                    index,
                    packed.size(),
                    sequences.size(),
                    tokens,
                    packed.get(index).stream().map(sequences::get).toList(),
                    last ? summary : null));
        }
        return microBatches;
    }
}
