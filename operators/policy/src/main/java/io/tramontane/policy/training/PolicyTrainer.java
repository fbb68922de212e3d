package io.tramontane.policy.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.objective.composition.Objective;
import io.tramontane.policy.objective.loss.GrpoLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The policy's weights, its gradients and AdamW. Micro-batches add to the gradient; {@link #step()} applies it.
 *
 * <p>Bit for bit reproducible: the same state and the same micro-batches in the same order give the same weights. With
 * several workers micro-batch {@code i} of a call goes to worker {@code i mod workers} and the workers' gradients are
 * summed in their order, so the result depends on the number of workers but not on their timing.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
public final class PolicyTrainer implements AutoCloseable {

    private final PolicyConfig config;
    private final OptimizerSettings optimizer;
    private final List<GradientWorker> workers = new ArrayList<>();
    /** Runs the workers beyond the first, which the calling thread runs itself. */
    private final ExecutorService threads;

    private NDArray weights;
    private NDArray firstMoment;
    private NDArray secondMoment;
    private NDArray reference;
    private long step;

    /** A trainer with one worker: all work is done in the calling thread. */
    public PolicyTrainer(PolicyConfig config, OptimizerSettings optimizer, TrainerState state) {
        this(config, optimizer, state, 1);
    }

    public PolicyTrainer(PolicyConfig config, OptimizerSettings optimizer, TrainerState state, int workerCount) {
        this.config = config;
        this.optimizer = optimizer;
        int parameters = state.weights().values().length;
        for (int i = 0; i < workerCount; i++) {
            workers.add(new GradientWorker(config, parameters));
        }
        threads = Executors.newFixedThreadPool(Math.max(1, workerCount - 1), task -> {
            Thread thread = new Thread(task, "gradient-worker");
            thread.setDaemon(true);
            return thread;
        });
        load(state);
    }

    /** Replaces weights and optimizer state; gradients accumulated so far are dropped. */
    public void load(TrainerState state) {
        NDManager manager = workers.get(0).module().manager();
        for (NDArray old : new NDArray[] {weights, firstMoment, secondMoment}) {
            if (old != null) {
                old.close();
            }
        }
        weights = manager.create(state.weights().values());
        firstMoment = manager.create(state.firstMoment().values());
        secondMoment = manager.create(state.secondMoment().values());
        step = state.step();
        discard();
    }

    /** The policy that the KL term pulls towards; needed when its coefficient is not zero. */
    public void setReference(Weights referenceWeights) {
        if (reference != null) {
            reference.close();
        }
        reference = workers.get(0).module().manager().create(referenceWeights.values());
    }

    /** A copy on the host. */
    public TrainerState state() {
        return new TrainerState(weights(), host(firstMoment), host(secondMoment), step);
    }

    /** A copy on the host. */
    public Weights weights() {
        return host(weights);
    }

    /** Optimizer steps done. */
    public long steps() {
        return step;
    }

    private Weights host(NDArray array) {
        return new Weights(config.tensors(), array.toFloatArray());
    }

    /**
     * Adds the gradient of an objective of one micro-batch, as {@link TrainingArithmetic#OBJECTIVE_IN_JAVA} computes
     * it.
     *
     * @throws IllegalStateException if the objective needs a reference and there is none
     */
    public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch, Objective objective) {
        requireReference(objective.needsReference());
        return workers.get(0).accumulate(weights, objective.needsReference() ? reference : null, microBatch, objective);
    }

    /**
     * Adds the gradient of the GRPO loss of one micro-batch, as {@link TrainingArithmetic#LOSS_IN_PYTORCH} computes it:
     * for runs that were recorded with it.
     *
     * @throws IllegalStateException if there is no reference and the coefficient is not 0
     */
    public MicroBatchStatistics accumulateInPyTorch(
            List<TrainingSequence> microBatch, GrpoLoss.Settings loss, double klCoefficient) {
        requireReference(klCoefficient > 0);
        return workers.get(0).grpo(weights, reference, microBatch, loss, klCoefficient);
    }

    private void requireReference(boolean needed) {
        if (needed && reference == null) {
            throw new IllegalStateException("the KL term needs reference weights");
        }
    }

    /**
     * Adds the gradients of the cross-entropy of demonstrations, micro-batches spread over the workers.
     *
     * @return mean cross-entropy of a completion token, nats
     */
    public double accumulateSupervised(List<List<TokenSequence>> microBatches) {
        long tokens = microBatches.stream()
                .flatMap(List::stream)
                .mapToLong(sequence -> sequence.completionTokens().length)
                .sum();
        List<Double> losses = onWorkers(worker -> {
            double sum = 0;
            for (int i = workers.indexOf(worker); i < microBatches.size(); i += workers.size()) {
                sum += worker.supervised(weights, microBatches.get(i), 1.0 / tokens);
            }
            return sum;
        });
        return losses.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** log π of each completion token at temperature 1 under the current weights; no gradient. */
    public List<float[]> logProbs(List<TokenSequence> sequences) {
        return LogProbabilities.split(workers.get(0).logProbs(weights, sequences), sequences);
    }

    /** The accumulated gradient, summed over the workers: for tests and diagnostics. */
    public Weights gradient() {
        sumGradients();
        return host(workers.get(0).gradient());
    }

    /** Applies the accumulated gradient with the configured learning rate and clears it. */
    public StepStatistics step() {
        return step(optimizer.learningRateAt(step + 1));
    }

    /** Applies the accumulated gradient with a given learning rate and clears it. */
    public StepStatistics step(double learningRate) {
        sumGradients();
        step++;
        GradientWorker first = workers.get(0);
        try (NDManager scope = first.module().manager().newSubManager()) {
            Map<String, Double> settings = Map.of(
                    "learning_rate", learningRate,
                    "beta1", optimizer.beta1(),
                    "beta2", optimizer.beta2(),
                    "epsilon", optimizer.epsilon(),
                    "weight_decay", optimizer.weightDecay(),
                    "maximum_gradient_norm", optimizer.maximumGradientNorm(),
                    "first_correction", 1 - Math.pow(optimizer.beta1(), step),
                    "second_correction", Math.sqrt(1 - Math.pow(optimizer.beta2(), step)));
            NDArray norm = first.module()
                    .call(scope, "adamw", false, weights, first.gradient(), firstMoment, secondMoment, settings)
                    .singletonOrThrow();
            return new StepStatistics(step, learningRate, norm.getFloat());
        }
    }

    private void sumGradients() {
        NDArray total = workers.get(0).gradient();
        for (GradientWorker worker : workers.subList(1, workers.size())) {
            total.addi(worker.gradient());
            worker.gradient().muli(0f);
        }
    }

    /** Drops the gradients accumulated so far. */
    public void discard() {
        workers.forEach(worker -> worker.gradient().muli(0f));
    }

    /** Arrays alive in native memory: flat while a trainer works, for leak checks and metrics. */
    public long liveArrays() {
        return workers.stream()
                .mapToLong(worker -> worker.module().liveArrays())
                .sum();
    }

    private <T> List<T> onWorkers(Function<GradientWorker, T> task) {
        List<Future<T>> others = workers.subList(1, workers.size()).stream()
                .map(worker -> threads.submit(() -> task.apply(worker)))
                .toList();
        List<T> results = new ArrayList<>();
        results.add(task.apply(workers.get(0)));
        for (Future<T> other : others) {
            try {
                results.add(other.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while gradients were computed", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a gradient worker failed: " + e.getCause(), e.getCause());
            }
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        // The first worker's manager owns the weights, so it goes last.
        for (int i = workers.size() - 1; i >= 0; i--) {
            workers.get(i).close();
        }
    }
}
