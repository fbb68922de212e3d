package io.tramontane.policy.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Sequences laid out for the module: tokens [B, T] padded on the right, and for each of the N completion tokens the
 * flat index of the position that predicts it.
 */
final class PaddedBatch {

    private final List<TokenSequence> sequences;
    private final int columns;
    private final long[] tokens;
    private final long[] positions;
    private final long[] targets;

    PaddedBatch(List<TokenSequence> sequences) {
        this.sequences = sequences;
        columns = sequences.stream().mapToInt(TokenSequence::length).max().orElseThrow();
        tokens = new long[sequences.size() * columns];
        int count = sequences.stream()
                .mapToInt(sequence -> sequence.completionTokens().length)
                .sum();
        positions = new long[count];
        targets = new long[count];
        int n = 0;
        for (int row = 0; row < sequences.size(); row++) {
            int[] prompt = sequences.get(row).promptTokens();
            int[] completion = sequences.get(row).completionTokens();
            int start = row * columns;
            copy(prompt, start);
            copy(completion, start + prompt.length);
            for (int i = 0; i < completion.length; i++, n++) {
                positions[n] = start + prompt.length + i - 1L;
                targets[n] = completion[i];
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

    /** [B, T] ids. */
    NDArray tokens(NDManager manager) {
        return manager.create(tokens, new Shape(sequences.size(), columns));
    }

    /** [N] flat indices. */
    NDArray positions(NDManager manager) {
        return manager.create(positions);
    }

    /** [N] ids. */
    NDArray targets(NDManager manager) {
        return manager.create(targets);
    }

    /** [N]: the value of its sequence for each completion token. */
    double[] perToken(IntToDoubleFunction ofSequence) {
        double[] spread = new double[targets.length];
        int n = 0;
        for (int row = 0; row < sequences.size(); row++) {
            int length = sequences.get(row).completionTokens().length;
            Arrays.fill(spread, n, n + length, ofSequence.applyAsDouble(row));
            n += length;
        }
        return spread;
    }

    /** [N]: the row of each completion token. */
    int[] rows() {
        return Arrays.stream(perToken(row -> row)).mapToInt(row -> (int) row).toArray();
    }
}
