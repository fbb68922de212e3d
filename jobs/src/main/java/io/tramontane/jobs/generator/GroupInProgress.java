package io.tramontane.jobs.generator;

import io.tramontane.kafka.prompts.LeasedPrompt;
import io.tramontane.schemas.Identity;
import java.util.HashMap;
import java.util.Map;

/**
 * A leased prompt whose completions are being sampled. It counts down what the broker has not acknowledged yet; the
 * prompt itself may be acknowledged only after that, so that a generator that dies loses nothing.
 *
 * <p>Not thread-safe: used by the generator's thread alone.
 */
final class GroupInProgress {

    private final LeasedPrompt lease;
    private final int[] promptTokens;
    private final Map<String, Integer> sampleOfId = new HashMap<>();
    private final Map<String, Long> startedAt = new HashMap<>();
    private int nextSample;
    private int unacknowledged;

    GroupInProgress(LeasedPrompt lease, int[] promptTokens) {
        this.lease = lease;
        this.promptTokens = promptTokens;
        this.unacknowledged = lease.prompt().getGroupSize();
    }

    LeasedPrompt lease() {
        return lease;
    }

    int[] promptTokens() {
        return promptTokens;
    }

    boolean hasUnstarted() {
        return nextSample < lease.prompt().getGroupSize();
    }

    /** The id of the next sample, which counts as started now. */
    String start(long nowMillis) {
        int sample = nextSample++;
        String id = Identity.completionId(lease.prompt().getGroupId(), sample);
        sampleOfId.put(id, sample);
        startedAt.put(id, nowMillis);
        return id;
    }

    int sampleIndex(String completionId) {
        return sampleOfId.get(completionId);
    }

    long startedAt(String completionId) {
        return startedAt.get(completionId);
    }

    /** Counts one completion as durable; true when it was the last. */
    boolean acknowledgeOne() {
        return --unacknowledged == 0;
    }
}
