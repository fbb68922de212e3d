package io.tramontane.jobs.train;

import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.PipelineSettings;
import io.tramontane.pipeline.scheduling.ProblemSource;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.rewards.RewardSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What one training job is made of.
 *
 * @param runId prefix of the topics, part of every identity
 * @param seed order of the problems
 * @param basePolicy folder of the policy to begin with, in Hugging Face's layout, readable where the trainer runs
 * @param problems the data set
 * @param transactionTimeout how long a Kafka transaction may stay open: longer than a checkpoint and a restart take
 */
public record TrainJob(
        String runId,
        long seed,
        KafkaSettings kafka,
        WeightsTransportSettings weights,
        RewardSettings reward,
        PipelineSettings pipeline,
        TrainingSettings training,
        Path basePolicy,
        ProblemSource problems,
        Duration transactionTimeout) {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    /** The job of a run that begins with the policy in {@code basePolicy}. */
    public static TrainJob of(TramontaneConfig config, String runId, KafkaSettings kafka, Path basePolicy) {
        return new TrainJob(
                runId,
                config.run().seed(),
                kafka,
                config.weights(),
                config.reward(),
                config.pipeline(),
                config.training(),
                basePolicy,
                new DatasetProblems(config.dataset(), config.run().seed()),
                TRANSACTION_TIMEOUT);
    }

    /** Groups that make a batch. */
    int groupsPerBatch() {
        return pipeline.batching().completionsPerBatch() / pipeline.scheduling().groupSize();
    }
}
