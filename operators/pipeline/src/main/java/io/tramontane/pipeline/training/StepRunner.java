package io.tramontane.pipeline.training;

import io.tramontane.pipeline.batching.BatchSequence;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.figures.StepData;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.policy.training.TrainingSequence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Trains on micro-batches as they come: gradients add up, and the last micro-batch of a batch makes the optimizer step.
 *
 * <p>Insists on order: batch n is step n, its parts follow one another. Anything else means that state was lost or
 * repeated upstream, and training on would break the promise that each completion is trained exactly once.
 *
 * <p>Not thread-safe.
 */
final class StepRunner {

    private final Learner learner;
    private final LossDivisor divisor;
    private final double constantDivisor;
    private MicroBatchStatistics sums = MicroBatchStatistics.NONE;
    private int nextIndex;
    private long nanoseconds;

    StepRunner(Learner learner, LossSettings loss) {
        this.learner = learner;
        this.divisor = loss.chosenDivisor();
        this.constantDivisor = loss.constantDivisor();
    }

    /**
     * Adds one micro-batch.
     *
     * @return the step if this was the last part of its batch
     * @throws IllegalStateException when it is not the micro-batch that follows
     */
    Optional<TrainedStep> accept(MicroBatch microBatch) {
        if (microBatch.batch() != learner.steps() + 1 || microBatch.index() != nextIndex) {
            throw new IllegalStateException("part " + microBatch.index() + " of batch " + microBatch.batch()
                    + " came where part " + nextIndex + " of batch " + (learner.steps() + 1) + " was due");
        }
        long start = System.nanoTime();
        sums = sums.plus(learner.accumulate(sequences(microBatch)));
        nextIndex++;
        StepStatistics step = microBatch.last() ? learner.step() : null;
        nanoseconds += System.nanoTime() - start;
        return Optional.ofNullable(step).map(done -> finish(microBatch, done));
    }

    private TrainedStep finish(MicroBatch microBatch, StepStatistics step) {
        var metrics = StepFigure.metrics(new StepData(microBatch.summary(), sums, step, Duration.ofNanos(nanoseconds)));
        var trained = new TrainedStep(
                step.step(),
                microBatch.summary(),
                microBatch.batchTokens(),
                sums.objective().loss(),
                metrics);
        sums = MicroBatchStatistics.NONE;
        nextIndex = 0;
        nanoseconds = 0;
        return trained;
    }

    private List<TrainingSequence> sequences(MicroBatch microBatch) {
        return microBatch.sequences().stream()
                .map(sequence -> new TrainingSequence(
                        new TokenSequence(sequence.promptTokens(), sequence.completionTokens()),
                        sequence.behaviourLogProbs(),
                        sequence.temperature(),
                        sequence.advantage(),
                        tokenWeight(microBatch, sequence)))
                .toList();
    }

    private double tokenWeight(MicroBatch microBatch, BatchSequence sequence) {
        return divisor.tokenWeight(
                microBatch.batchTokens(),
                microBatch.batchSequences(),
                sequence.completionTokens().length,
                constantDivisor);
    }
}
