package io.tramontane.policy.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Packs sequences of unlike lengths into micro-batches by first-fit decreasing (Magistral §3): sorted by length, each
 * goes into the first micro-batch with room. A micro-batch is padded to its longest sequence, so its cost is that
 * length times its sequences; similar lengths share a micro-batch and padding is small.
 */
public final class MicroBatchPacking {

    private MicroBatchPacking() {}

    /**
     * @param lengths tokens of each sequence
     * @param maximumTokens bound of a micro-batch, tokens with padding; a longer sequence gets one of its own
     * @return indices into {@code lengths}; ties keep their order, so the same lengths always pack alike
     */
    public static List<List<Integer>> pack(int[] lengths, int maximumTokens) {
        List<Integer> byLength = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -lengths[i]))
                .toList();
        List<List<Integer>> microBatches = new ArrayList<>();
        for (int index : byLength) {
            microBatches.stream()
                    .filter(open -> lengths[open.get(0)] * (open.size() + 1L) <= maximumTokens)
                    .findFirst()
                    .orElseGet(() -> {
                        List<Integer> opened = new ArrayList<>();
                        microBatches.add(opened);
                        return opened;
                    })
                    .add(index);
        }
        return microBatches;
    }
}
