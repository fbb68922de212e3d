package io.tramontane.pipeline.admission;

import java.util.Arrays;

/**
 * What admission remembers of a group. Flink state: fields may be added or removed, not retyped.
 *
 * @param seen one bit a sample index, little-endian within the bytes
 * @param stale whether a completion of the group was too stale
 */
public record GroupMemory(byte[] seen, boolean stale) {

    /** Nothing seen yet. */
    public static final GroupMemory EMPTY = new GroupMemory(new byte[0], false);

    /** Whether a completion with this sample index was seen. */
    public boolean hasSeen(int sampleIndex) {
        int at = sampleIndex / Byte.SIZE;
        return at < seen.length && (seen[at] & bit(sampleIndex)) != 0;
    }

    /** The memory after a completion with this sample index, which is stale or not. */
    public GroupMemory with(int sampleIndex, boolean completionStale) {
        int at = sampleIndex / Byte.SIZE;
        byte[] extended = Arrays.copyOf(seen, Math.max(seen.length, at + 1));
        extended[at] |= (byte) bit(sampleIndex);
        return new GroupMemory(extended, stale || completionStale);
    }

    private static int bit(int sampleIndex) {
        return 1 << (sampleIndex % Byte.SIZE);
    }
}
