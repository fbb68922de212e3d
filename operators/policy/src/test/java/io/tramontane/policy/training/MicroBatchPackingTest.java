package io.tramontane.policy.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MicroBatchPackingTest {

    @Test
    void eachGoesIntoTheFirstMicroBatchWithRoom() {
        assertThat(MicroBatchPacking.pack(new int[] {2, 9, 5, 4, 5}, 10))
                .containsExactly(List.of(1), List.of(2, 4), List.of(3, 0));
    }

    @Test
    void aSequenceBeyondTheBoundTravelsAlone() {
        assertThat(MicroBatchPacking.pack(new int[] {30, 3, 3}, 10)).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void everySequenceIsPackedOnceWithinTheBoundAndPaddingShrinks() {
        SplittableRandom random = new SplittableRandom(1);
        int[] lengths = random.ints(500, 20, 100).toArray();

        List<List<Integer>> microBatches = MicroBatchPacking.pack(lengths, 1_000);

        assertThat(microBatches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).boxed().toList());
        assertThat(microBatches)
                .allSatisfy(batch -> assertThat(padded(lengths, batch)).isLessThanOrEqualTo(1_000));
        int packed =
                microBatches.stream().mapToInt(batch -> padded(lengths, batch)).sum();
        int inOrder = IntStream.range(0, 50)
                .map(batch -> padded(
                        lengths,
                        IntStream.range(10 * batch, 10 * batch + 10).boxed().toList()))
                .sum();
        assertThat(packed).isLessThan((int) (0.81 * inOrder));
    }

    private static int padded(int[] lengths, List<Integer> batch) {
        return batch.size()
                * batch.stream().mapToInt(index -> lengths[index]).max().orElseThrow();
    }
}
