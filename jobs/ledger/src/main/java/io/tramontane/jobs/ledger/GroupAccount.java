package io.tramontane.jobs.ledger;

import io.tramontane.schemas.GroupFate;
import java.util.Arrays;

/**
 * What is known of one group: one byte a sample and a few fields, so that millions of completions fit into memory. Not
 * thread-safe.
 */
final class GroupAccount {

    /** The group's record holds the sample. */
    static final byte RECORDED = 1;
    /** The topic completions holds the sample. */
    static final byte DELIVERED = 1 << 1;
    /** More than once. */
    static final byte DELIVERED_AGAIN = 1 << 2;
    /** It has an outcome of its own as a duplicate. */
    static final byte DROPPED_DUPLICATE = 1 << 3;
    /** It has an outcome of its own as stale. */
    static final byte DROPPED_STALE = 1 << 4;
    /** It has an outcome of its own as incomplete. */
    static final byte DROPPED_INCOMPLETE = 1 << 5;
    /** It has an outcome of its own as malformed. */
    static final byte DROPPED_MALFORMED = 1 << 6;

    /** It has an outcome of its own other than as a duplicate. */
    static final byte DROPPED_ONCE = DROPPED_STALE | DROPPED_INCOMPLETE | DROPPED_MALFORMED;

    private byte[] samples = new byte[0];
    private GroupFate fate;
    private long recordedAt;
    private long step;
    private boolean ended;
    private boolean droppedStale;

    void mark(int sample, byte flag) {
        if (sample >= samples.length) {
            samples = Arrays.copyOf(samples, sample + 1);
        }
        samples[sample] |= flag;
    }

    /** @param flag one or several, of which any will do */
    boolean has(int sample, byte flag) {
        return sample < samples.length && (samples[sample] & flag) != 0;
    }

    /** Samples with some flag lie below this. */
    int samples() {
        return samples.length;
    }

    /** @param size G, so that the array need not grow sample by sample */
    void expect(int size) {
        if (size > samples.length) {
            samples = Arrays.copyOf(samples, size);
        }
    }

    void record(GroupFate recordedFate, long at) {
        fate = recordedFate;
        recordedAt = at;
    }

    /** Whether the topic groups holds it. */
    boolean recorded() {
        return fate != null;
    }

    /** Null while it is not recorded. */
    GroupFate fate() {
        return fate;
    }

    /** When its record was written, milliseconds since the epoch. */
    long recordedAt() {
        return recordedAt;
    }

    void trainIn(long number) {
        step = number;
    }

    boolean trained() {
        return step > 0;
    }

    /** The step that trained it; 0 for none. */
    long step() {
        return step;
    }

    /** Notes an outcome that ends the group. */
    void end(boolean asStale) {
        ended = true;
        droppedStale |= asStale;
    }

    /** Whether some outcome ends the group. */
    boolean ended() {
        return ended;
    }

    /** Whether batching found it stale after it was recorded as trainable. */
    boolean droppedStale() {
        return droppedStale;
    }
}
