package io.tramontane.jobs.ledger;

import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsManifest;
import java.util.HashMap;
import java.util.Map;

/**
 * The steps of a run and the weights announced for them.
 *
 * <p>The topic steps is written exactly once by one writer, so versions must follow 1, 2, 3, … in its order (those of a
 * fork begin with what follows on its parent's step) and incarnations never decrease. The manifest topic is written at
 * once and at least once, so it may also hold versions that a restart has undone. Which of them must agree with the
 * steps: let step v have been committed by incarnation c. An older incarnation's version v was undone and may differ.
 * Incarnation c's is that of the step. A later incarnation started from a checkpoint that holds step v or more, for
 * else step v would not have been committed before it, so its version v can only be the weights it started with: those
 * of step v.
 *
 * <p>Equal hashes do not prove that the weights are what the step's groups make of those before: training them again
 * does ({@code replay --training}).
 *
 * <p>Not thread-safe.
 */
final class TrainingLog {

    private record Entry(long incarnation, String hash, long finishedAt) {}

    private final Violations violations;
    private final long beginning;
    private final Map<Long, Entry> steps = new HashMap<>();
    private long last;
    private long lastIncarnation;
    private long newestIncarnation;
    private long newestIncarnationSince = Long.MAX_VALUE;
    private String firstHash;
    private long compared;

    /** @param beginning version of the weights that the run began with */
    TrainingLog(Violations violations, long beginning) {
        this.violations = violations;
        this.beginning = beginning;
        this.last = beginning;
    }

    /** @return whether it is a step to go by: not one that was there already */
    boolean step(Step step) {
        long number = step.getStep();
        if (number != last + 1) {
            violations.add(ViolationKind.STEP_OUT_OF_SEQUENCE, "step " + number, "comes after step %d", last);
        }
        if (step.getIncarnation() < lastIncarnation) {
            violations.add(
                    ViolationKind.INCARNATION_REVERTED,
                    "step " + number,
                    "made by incarnation %d after one of incarnation %d",
                    step.getIncarnation(),
                    lastIncarnation);
        }
        if (step.getWeightsHash().isEmpty()) {
            violations.add(ViolationKind.WEIGHTS_DIFFER, "step " + number, "has no weights hash");
        }
        last = Math.max(last, number);
        lastIncarnation = Math.max(lastIncarnation, step.getIncarnation());
        seen(step.getIncarnation(), step.getFinishedAt());
        var entry = new Entry(step.getIncarnation(), step.getWeightsHash(), step.getFinishedAt());
        return steps.putIfAbsent(number, entry) == null;
    }

    /** Call after the last step. */
    void manifest(WeightsManifest manifest) {
        seen(manifest.getIncarnation(), manifest.getPublishedAt());
        long version = manifest.getVersion();
        if (version == beginning) {
            if (firstHash != null && !firstHash.equals(manifest.getWeightsHash())) {
                differ(manifest, firstHash, "the first policy's");
            }
            firstHash = manifest.getWeightsHash();
            compared++;
            return;
        }
        Entry step = steps.get(version);
        if (step != null && manifest.getIncarnation() >= step.incarnation()) {
            compared++;
            if (!step.hash().equals(manifest.getWeightsHash())) {
                differ(manifest, step.hash(), "the step's");
            }
        }
    }

    private void differ(WeightsManifest manifest, String expected, String whose) {
        violations.add(
                ViolationKind.WEIGHTS_DIFFER,
                "weights " + manifest.getIncarnation() + "/" + manifest.getVersion(),
                "announced with hash %.12s, %s is %.12s",
                manifest.getWeightsHash(),
                whose,
                expected);
    }

    private void seen(long incarnation, long at) {
        if (incarnation > newestIncarnation) {
            newestIncarnation = incarnation;
            newestIncarnationSince = at;
        } else if (incarnation == newestIncarnation) {
            newestIncarnationSince = Math.min(newestIncarnationSince, at);
        }
    }

    /** The newest committed step; before the first, the one after which the run began. */
    long last() {
        return last;
    }

    boolean has(long step) {
        return steps.containsKey(step);
    }

    /** When a committed step was finished, milliseconds since the epoch. */
    long finishedAt(long step) {
        return steps.get(step).finishedAt();
    }

    /** How often the trainer was started; 0 when nothing tells. */
    long incarnations() {
        return newestIncarnation;
    }

    /** Announced versions that were held against their step. */
    long comparedVersions() {
        return compared;
    }

    /**
     * Whether something that an operator wrote at that time may have been undone by a restart: the trainer was started
     * again, and the newest incarnation had shown no sign of life before.
     */
    boolean mayBeUndone(long at) {
        return newestIncarnation > 1 && at <= newestIncarnationSince;
    }
}
