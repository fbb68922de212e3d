package io.tramontane.jobs.evaluation.periodic;

import io.tramontane.schemas.WeightsVersion;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses which of the published weights are measured: those of every so many steps, and only once their step is
 * committed. Weights are published before that, and a restart may undo them; the hash in the committed step tells
 * whether a published version is the one that stayed.
 *
 * <p>Of versions that were missed the next one stands in, which is the newest when it is asked for late. Plain Java;
 * not thread-safe.
 *
 * @param <T> what holds the weights
 */
final class DueWeights<T> {

    /**
     * Weights to measure.
     *
     * @param version of them, committed
     * @param weights themselves
     * @param due the first step that was due; smaller than the version when that one was missed
     */
    record Chosen<T>(WeightsVersion version, T weights, long due) {

        /** Whether other weights were to be measured. */
        boolean standsIn() {
            return due < version.version();
        }
    }

    private record Candidate<T>(WeightsVersion version, String hash, T weights) {}

    private final int everySteps;
    private final TreeMap<Long, String> committed = new TreeMap<>();
    private Optional<Candidate<T>> candidate = Optional.empty();
    private long due;
    private long newestCommitted;

    /**
     * @param everySteps at least 1
     * @param measured step measured last, in this process or one before; 0 for none
     */
    DueWeights(int everySteps, long measured) {
        this.everySteps = everySteps;
        this.due = after(measured);
    }

    private long after(long step) {
        return (step / everySteps + 1) * everySteps;
    }

    /** The step whose weights are to be measured next. */
    long due() {
        return due;
    }

    /** The newest committed step; 0 before there is one. */
    long newestCommitted() {
        return newestCommitted;
    }

    /** Takes published weights in, which are held until they are known to be committed or undone. */
    void published(WeightsVersion version, String hash, T weights) {
        // A newer incarnation that begins below the candidate has undone it.
        candidate = candidate.filter(held -> held.version().incarnation() == version.incarnation()
                || held.version().version() <= version.version());
        if (candidate.isEmpty() && version.version() >= due) {
            candidate = Optional.of(new Candidate<>(version, hash, weights));
        }
    }

    /** Takes a committed step in. */
    void committed(long step, String weightsHash) {
        newestCommitted = Math.max(newestCommitted, step);
        if (step >= due) {
            committed.put(step, weightsHash);
        }
    }

    /** The weights to measure now; they are handed out once, and count as measured. */
    Optional<Chosen<T>> next() {
        if (candidate.isEmpty()) {
            return Optional.empty();
        }
        Candidate<T> held = candidate.get();
        String hash = committed.get(held.version().version());
        if (hash == null) {
            return Optional.empty();
        }
        candidate = Optional.empty();
        if (!hash.equals(held.hash())) {
            return Optional.empty();
        }
        var chosen = new Chosen<>(held.version(), held.weights(), due);
        due = after(held.version().version());
        committed.headMap(due).clear();
        return Optional.of(chosen);
    }
}
