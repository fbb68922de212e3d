package io.tramontane.jobs.evaluation.warmup;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.training.OptimizerSettings;
import io.tramontane.policy.training.PolicyTrainer;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.policy.training.TrainerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Trains a policy on given completions by cross-entropy, with AdamW from a fresh state.
 *
 * <p>Bit for bit reproducible: the same weights and batches give the same weights; the number of threads is one of the
 * things that must be the same.
 *
 * @param rates the learning rate, and with it the number of steps
 * @param microBatchSize sequences whose gradient is computed in one call
 * @param threads that compute gradients
 */
public record SupervisedTraining(LearningRateSchedule rates, int microBatchSize, int threads) {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.98;
    private static final double EPSILON = 1e-9;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double MAXIMUM_GRADIENT_NORM = 1.0;

    /** Called after every step. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param step steps done
         * @param steps steps in all
         * @param loss mean cross-entropy of a completion token, nats
         */
        void step(int step, int steps, double loss);
    }

    /**
     * Trains in the calling thread and as many more as there are to be.
     *
     * @param batches the sequences of a step, counted from 0; asked once for each step, in order
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public Weights run(
            PolicyConfig config, Weights start, IntFunction<List<TokenSequence>> batches, Progress progress) {
        TrainerState state = TrainerState.startingFrom(start);
        try (PolicyTrainer trainer = new PolicyTrainer(config, optimizer(), state, threads)) {
            for (int step = 0; step < rates.steps(); step++) {
                failIfInterrupted(step);
                double loss = trainer.accumulateSupervised(microBatches(batches.apply(step)));
                trainer.step(rates.at(step));
                progress.step(step + 1, rates.steps(), loss);
            }
            return trainer.weights();
        }
    }

    static void failIfInterrupted(int step) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the supervised training was interrupted after " + step + " steps");
        }
    }

    /** Sequences of like length together, so that little is padding. */
    private List<List<TokenSequence>> microBatches(List<TokenSequence> batch) {
        List<TokenSequence> sorted = batch.stream()
                .sorted(Comparator.comparingInt(
                        sequence -> sequence.promptTokens().length + sequence.completionTokens().length))
                .toList();
        List<List<TokenSequence>> microBatches = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += microBatchSize) {
            microBatches.add(sorted.subList(from, Math.min(sorted.size(), from + microBatchSize)));
        }
        return microBatches;
    }

    private OptimizerSettings optimizer() {
        return new OptimizerSettings(rates.highest(), 0, BETA_1, BETA_2, EPSILON, WEIGHT_DECAY, MAXIMUM_GRADIENT_NORM);
    }
}
