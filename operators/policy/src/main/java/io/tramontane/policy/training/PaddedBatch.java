package io.tramontane.policy.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences laid out for the module: tokens [B, T] padded on the right, and for each of the N completion tokens the
 * flat index of the position that predicts it.
 */
final class PaddedBatch {

    /** Prompt and completion of one sequence. */
    record Pair(int[] prompt, int[] completion) {}

    private final int rows;
    private final int columns;
    private final long[] tokens;
    private final long[] positions;
    private final long[] targets;

    PaddedBatch(List<Pair> pairs) {
        rows = pairs.size();
        columns = pairs.stream()
                .mapToInt(pair -> pair.prompt().length + pair.completion().length)
                .max()
                .orElseThrow();
        tokens = new long[rows * columns];
        int count = pairs.stream().mapToInt(pair -> pair.completion().length).sum();
        positions = new long[count];
        targets = new long[count];
        int n = 0;
        for (int row = 0; row < rows; row++) {
            Pair pair = pairs.get(row);
            int start = row * columns;
            copy(pair.prompt(), start);
            copy(pair.completion(), start + pair.prompt().length);
            for (int i = 0; i < pair.completion().length; i++, n++) {
                positions[n] = start + pair.prompt().length + i - 1L;
                targets[n] = pair.completion()[i];
            }
        }
    }

    private void copy(int[] source, int at) {
        for (int i = 0; i < source.length; i++) {
            tokens[at + i] = source[i];
        }
    }

    /** N, the completion tokens. */
    int targetCount() {
        return targets.length;
    }

    NDArray tokens(NDManager manager) {
        return manager.create(tokens, new Shape(rows, columns));
    }

    NDArray positions(NDManager manager) {
        return manager.create(positions);
    }

    NDArray targets(NDManager manager) {
        return manager.create(targets);
    }

    /** Repeats each sequence's value for each of its completion tokens. */
    static float[] perToken(int count, List<Pair> pairs, double[] values) {
        float[] spread = new float[count];
        int n = 0;
        for (int row = 0; row < pairs.size(); row++) {
            int length = pairs.get(row).completion().length;
            Arrays.fill(spread, n, n + length, (float) values[row]);
            n += length;
        }
        return spread;
    }
}
