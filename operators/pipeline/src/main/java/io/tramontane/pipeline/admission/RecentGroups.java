package io.tramontane.pipeline.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What admission remembers of the groups that completions came for recently, on the heap. It knows which memories keyed
 * state does not hold yet, so that a checkpoint writes those and no others.
 *
 * <p>Not thread-safe.
 */
final class RecentGroups {

    private final int capacity;
    private final long keptMillis;
    /** The group longest without a completion first. */
    private final LinkedHashMap<String, Recent> groups = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param capacity groups on the heap
     * @param keptMillis how long after its last completion a group is remembered
     */
    RecentGroups(int capacity, long keptMillis) {
        this.capacity = capacity;
        this.keptMillis = keptMillis;
    }

    private static final class Recent {
        private GroupMemory memory;
        private long at;
        private boolean written;
    }

    /** A memory that keyed state must get. */
    record Unwritten(String groupId, GroupMemory memory) {}

    /** What is remembered of the group, if it is on the heap; {@link GroupMemory#EMPTY} when its time is over. */
    Optional<GroupMemory> get(String groupId, long now) {
        Recent recent = groups.get(groupId);
        if (recent == null) {
            return Optional.empty();
        }
        return Optional.of(now - recent.at > keptMillis ? GroupMemory.EMPTY : recent.memory);
    }

    /** Remembers, in place of what was. */
    void put(String groupId, GroupMemory memory, long now) {
        Recent recent = groups.computeIfAbsent(groupId, id -> new Recent());
        recent.memory = memory;
        recent.at = now;
        recent.written = false;
    }

    /** Takes groups off the heap until it is within its capacity; those of them that keyed state must get. */
    List<Unwritten> evict() {
        if (groups.size() <= capacity) {
            return List.of();
        }
        List<Unwritten> unwritten = new ArrayList<>();
        var eldest = groups.entrySet().iterator();
        while (groups.size() > capacity) {
            Map.Entry<String, Recent> group = eldest.next();
            if (!group.getValue().written) {
                unwritten.add(new Unwritten(group.getKey(), group.getValue().memory));
            }
            eldest.remove();
        }
        return unwritten;
    }

    /** All that keyed state must get, which then counts as written. */
    List<Unwritten> takeUnwritten() {
        List<Unwritten> unwritten = new ArrayList<>();
        groups.forEach((groupId, recent) -> {
            if (!recent.written) {
                recent.written = true;
                unwritten.add(new Unwritten(groupId, recent.memory));
            }
        });
        return unwritten;
    }
}
