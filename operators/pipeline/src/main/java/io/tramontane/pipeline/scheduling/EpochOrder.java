package io.tramontane.pipeline.scheduling;

import io.tramontane.schemas.Identity;
import java.util.SplittableRandom;

/** The order of problems in each epoch: a permutation that depends on the run's seed and the epoch only. */
final class EpochOrder {

    private final long seed;
    private final int size;
    private int epoch = -1;
    private int[] order;

    EpochOrder(long seed, int size) {
        this.seed = seed;
        this.size = size;
    }

    /** Index of the problem at {@code position} of {@code wanted}, an epoch. */
    int problem(int wanted, int position) {
        if (wanted != epoch) {
            order = shuffled(wanted);
            epoch = wanted;
        }
        return order[position];
    }

    /** Fisher–Yates. */
    private int[] shuffled(int wanted) {
        var random = new SplittableRandom(Identity.seed(seed, "epoch/" + wanted));
        int[] problems = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            problems[i] = problems[j];
            problems[j] = i;
        }
        return problems;
    }
}
