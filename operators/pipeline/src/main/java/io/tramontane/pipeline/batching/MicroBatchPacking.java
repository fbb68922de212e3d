package io.tramontane.pipeline.batching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Packs sequences into micro-batches by first-fit decreasing (Magistral §3): longest first, each into the first
 * micro-batch with room.
 *
 * <p>A micro-batch is computed as a rectangle, its longest sequence times their number, so that is what has to fit the
 * bound. A sequence longer than the bound travels alone.
 */
final class MicroBatchPacking {

    private final int maximumTokens;

    /** @param maximumTokens tokens of a micro-batch, padding and prompts included */
    MicroBatchPacking(int maximumTokens) {
        this.maximumTokens = maximumTokens;
    }

    /** Every sequence in exactly one micro-batch; sequences of equal length keep their order. */
    List<List<BatchSequence>> pack(List<BatchSequence> sequences) {
        List<BatchSequence> longestFirst = new ArrayList<>(sequences);
        longestFirst.sort(Comparator.comparingInt(BatchSequence::length).reversed());
        List<List<BatchSequence>> packed = new ArrayList<>();
        for (BatchSequence sequence : longestFirst) {
            firstWithRoom(packed).add(sequence);
        }
        return packed;
    }

    private List<BatchSequence> firstWithRoom(List<List<BatchSequence>> packed) {
        for (List<BatchSequence> candidate : packed) {
            if ((candidate.size() + 1L) * candidate.get(0).length() <= maximumTokens) {
                return candidate;
            }
        }
        List<BatchSequence> fresh = new ArrayList<>();
        packed.add(fresh);
        return fresh;
    }
}
