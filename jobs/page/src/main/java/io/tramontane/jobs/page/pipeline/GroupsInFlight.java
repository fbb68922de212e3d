package io.tramontane.jobs.page.pipeline;

import io.tramontane.jobs.page.diagnosis.Endings;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The groups that were asked for and have not ended, and how completions ended recently, from the topics prompts and
 * outcomes. Used by one thread.
 */
final class GroupsInFlight {

    private static final int MOST_OPEN = 100_000;
    private static final int MOST_ENDED = 50_000;
    private static final int DURATIONS = 64;
    private static final long WINDOW_MILLIS = 30_000;

    /** A group that has not ended. */
    record Open(String groupId, int size, long askedAt) {}

    /** In the order in which they were asked for. */
    private final Map<String, Open> open = new LinkedHashMap<>();

    /**
     * The groups that ended recently. An outcome may be read before its prompt, which lies in another topic, and a
     * prompt may come a second time; neither opens a group that nobody waits for any more.
     */
    private final Set<String> endedLately = new LinkedHashSet<>();

    private final long[] durations = new long[DURATIONS];
    private long ended;
    private long prompts;
    private long completionsAsked;
    private final Deque<Outcome> recent = new ArrayDeque<>();

    /** @param at when it was written, milliseconds since the epoch */
    void asked(Prompt prompt, long at) {
        int samples = prompt.getSamples().size();
        prompts++;
        completionsAsked += samples == 0 ? prompt.getGroupSize() : samples;
        if (open.size() < MOST_OPEN && !endedLately.contains(prompt.getGroupId())) {
            // Asked again it is the same group, as old as before.
            open.putIfAbsent(prompt.getGroupId(), new Open(prompt.getGroupId(), prompt.getGroupSize(), at));
        }
    }

    /**
     * How many prompts the completions amount to that have not come. Generators acknowledge prompts some time after
     * they have answered them, so that the queue alone would make idle ones look busy.
     *
     * @param completions that have come
     */
    long unanswered(long completions) {
        long missing = completionsAsked - completions;
        return prompts == 0 || missing <= 0 ? 0 : (missing * prompts + completionsAsked - 1) / completionsAsked;
    }

    void ended(Outcome outcome) {
        if (outcome.getCompletionId() == null) {
            endedLately.add(outcome.getGroupId());
            if (endedLately.size() > MOST_ENDED) {
                endedLately.remove(endedLately.iterator().next());
            }
            Open group = open.remove(outcome.getGroupId());
            if (group != null) {
                durations[(int) (ended++ % DURATIONS)] = outcome.getAt() - group.askedAt();
            }
        }
        recent.addLast(outcome);
    }

    int count() {
        return open.size();
    }

    /** Those asked for longest ago. */
    List<Open> oldest(int count) {
        return open.values().stream().limit(count).toList();
    }

    /** How long a group usually takes from its prompt to its end, milliseconds; 0 before the first end. */
    long usualMillis() {
        int known = (int) Math.min(ended, DURATIONS);
        long[] sorted = Arrays.copyOf(durations, known);
        Arrays.sort(sorted);
        return known == 0 ? 0 : sorted[known / 2];
    }

    /** How completions ended in the half minute before {@code now}. */
    Endings recent(long now) {
        while (!recent.isEmpty() && recent.peekFirst().getAt() < now - WINDOW_MILLIS) {
            recent.removeFirst();
        }
        long trained = 0;
        long stale = 0;
        long zeroVariance = 0;
        long other = 0;
        for (Outcome outcome : new ArrayList<>(recent)) {
            int completions = outcome.getCompletions();
            if (outcome.getKind() == OutcomeKind.TRAINED) {
                trained += completions;
            } else if (outcome.getDropReason() == DropReason.STALE) {
                stale += completions;
            } else if (outcome.getDropReason() == DropReason.ZERO_VARIANCE) {
                zeroVariance += completions;
            } else {
                other += completions;
            }
        }
        return new Endings(WINDOW_MILLIS / 1e3, trained, stale, zeroVariance, other);
    }
}
