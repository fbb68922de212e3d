package io.tramontane.pipeline.grouping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The open groups a subtask keeps on the heap, in the order in which their deadlines fall, and how much they weigh.
 *
 * <p>A group may live outside, in keyed state only: {@link #known} is true for it and {@link #onHeap} empty.
 */
final class OpenGroups {

    private final long capacity;
    /** Every open group, by id; in order of deadline, since each gets the same time. */
    private final Map<String, Long> deadlines = new LinkedHashMap<>();

    /** The first deadline of every open group, the oldest group first. */
    private final Map<String, Long> firstDeadlines = new LinkedHashMap<>();
    /** The first of them, for other threads; null without groups. */
    private volatile Map.Entry<String, Long> oldest;

    private final Map<String, OpenGroup> heap = new LinkedHashMap<>();
    private long bytes;

    /** @param capacity bytes of completions to keep on the heap */
    OpenGroups(long capacity) {
        this.capacity = capacity;
    }

    boolean known(String groupId) {
        return deadlines.containsKey(groupId);
    }

    Optional<OpenGroup> onHeap(String groupId) {
        return Optional.ofNullable(heap.get(groupId));
    }

    /** A new group, or one that comes back to the heap and keeps its deadline. */
    void put(String groupId, OpenGroup group, long deadline) {
        if (deadlines.putIfAbsent(groupId, deadline) == null) {
            firstDeadlines.put(groupId, deadline);
            if (oldest == null) {
                oldest = Map.entry(groupId, deadline);
            }
        }
        heap.put(groupId, group);
        bytes += group.bytes();
    }

    /** Gives the group a later deadline than any other has. */
    void postpone(String groupId, long deadline) {
        deadlines.remove(groupId);
        deadlines.put(groupId, deadline);
    }

    /** Notes that a group on the heap has grown. */
    void grew(long by) {
        bytes += by;
    }

    /** The group is open no more. */
    void remove(String groupId) {
        evict(groupId);
        deadlines.remove(groupId);
        firstDeadlines.remove(groupId);
        if (oldest != null && oldest.getKey().equals(groupId)) {
            oldest = firstDeadlines.entrySet().stream()
                    .findFirst()
                    .map(first -> Map.entry(first.getKey(), first.getValue()))
                    .orElse(null);
        }
    }

    /** Takes a group, which keyed state must hold whole, off the heap. */
    void evict(String groupId) {
        OpenGroup group = heap.remove(groupId);
        if (group != null) {
            bytes -= group.bytes();
        }
    }

    /** A group to evict: the one longest on the heap, except {@code current}, while the heap is over its capacity. */
    Optional<String> overflow(String current) {
        if (bytes <= capacity) {
            return Optional.empty();
        }
        return heap.keySet().stream().filter(id -> !id.equals(current)).findFirst();
    }

    /** The group whose deadline falls first. */
    Optional<Map.Entry<String, Long>> earliest() {
        return deadlines.entrySet().stream().findFirst();
    }

    /** The group that has been open longest, and the deadline it first had; by any thread. */
    Optional<Map.Entry<String, Long>> oldest() {
        return Optional.ofNullable(oldest);
    }

    Map<String, OpenGroup> heap() {
        return heap;
    }

    int size() {
        return deadlines.size();
    }

    long bytes() {
        return bytes;
    }
}
