package io.tramontane.jobs.train;

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

    /** Groups that make a batch. */
    int groupsPerBatch() {
        return pipeline.batching().completionsPerBatch() / pipeline.scheduling().groupSize();
    }
}
