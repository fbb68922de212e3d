package io.tramontane.pipeline.batching;

import java.util.List;

/**
 * A part of a batch that fits the trainer's memory: the element between batching and the trainer, small enough that a
 * checkpoint barrier never waits for a whole step. Flink state: fields may be added or removed, not retyped.
 *
 * @param batch number of the batch, from 1: the optimizer step it is part of
 * @param index of this part, from 0
 * @param count parts of the batch
 * @param batchSequences sequences of the whole batch
 * @param batchTokens completion tokens of the whole batch: the divisor of the loss
 * @param sequences of this part, longest first, with normalised advantages
 * @param summary of the whole batch on its last part, else null
 */
public record MicroBatch(
        long batch,
        int index,
        int count,
        int batchSequences,
        long batchTokens,
        List<BatchSequence> sequences,
        BatchSummary summary) {

    /** Whether the batch is complete with this part. */
    public boolean last() {
        return index == count - 1;
    }
}
