package io.tramontane.jobs.generator;

import io.tramontane.kafka.prompts.LeasedPrompt;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A leased prompt whose completions are being sampled. It counts down what the broker has not acknowledged yet; the
 * prompt itself may be acknowledged only after that, so that a generator that dies loses nothing.
 *
 * <p>Further leases of the same group join it. Each sample is taken once, whichever lease asks for it; all leases are
 * acknowledged together.
 *
 * <p>Not thread-safe: used by the generator's thread alone.
 */
final class GroupInProgress {

    private final Prompt prompt;
    private final int[] promptTokens;
    private final List<LeasedPrompt> leases = new ArrayList<>();
    private final Set<Integer> samples = new HashSet<>();
    private final Deque<Integer> unstarted = new ArrayDeque<>();
    private final Map<String, Integer> sampleOfId = new HashMap<>();
    private final Map<String, Long> startedAt = new HashMap<>();
    private int unacknowledged;

    /** A group without a lease yet. */
    GroupInProgress(Prompt prompt, int[] promptTokens) {
        this.prompt = prompt;
        this.promptTokens = promptTokens;
    }

    /** Adds what the lease asks for. A record that comes again takes the place of its former lease, which is lost. */
    void join(LeasedPrompt lease) {
        leases.removeIf(former -> former.partition() == lease.partition() && former.offset() == lease.offset());
        leases.add(lease);
        wanted(lease.prompt()).filter(samples::add).forEach(sample -> {
            unstarted.add(sample);
            unacknowledged++;
        });
    }

    /** All samples unless the prompt names some that the group has. */
    private static IntStream wanted(Prompt prompt) {
        Set<Integer> named = new HashSet<>(prompt.getSamples());
        boolean some = named.stream().anyMatch(sample -> sample >= 0 && sample < prompt.getGroupSize());
        return IntStream.range(0, prompt.getGroupSize()).filter(sample -> !some || named.contains(sample));
    }

    Prompt prompt() {
        return prompt;
    }

    /** All that are to be acknowledged or released together. */
    List<LeasedPrompt> leases() {
        return List.copyOf(leases);
    }

    int[] promptTokens() {
        return promptTokens;
    }

    boolean hasUnstarted() {
        return !unstarted.isEmpty();
    }

    /** The id of the next sample, which counts as started now. */
    String start(long nowMillis) {
        int sample = unstarted.remove();
        String id = Identity.completionId(prompt.getGroupId(), sample);
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
