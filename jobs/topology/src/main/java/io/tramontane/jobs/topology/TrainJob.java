package io.tramontane.jobs.topology;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.scheduling.ProblemSource;
import io.tramontane.pipeline.scheduling.RunPlan;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.pipeline.training.LearnerFactory;
import io.tramontane.pipeline.training.PolicyLearner;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.rewards.composition.RewardSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What one training job is made of.
 *
 * @param plan what the order of prompts depends on; its run id is the prefix of the topics and part of every identity
 * @param problems the data set
 * @param basePolicy folder of the policy to begin with, in Hugging Face's layout, readable where the trainer runs
 * @param fork what the run begins with in place of the base policy, when it goes on from another run
 * @param transactionTimeout how long a Kafka transaction may stay open: longer than a checkpoint and a restart take
 */
public record TrainJob(
        RunPlan plan,
        ProblemSource problems,
        KafkaSettings kafka,
        WeightsTransportSettings weights,
        RewardSettings reward,
        PipelineSettings pipeline,
        TrainingSettings training,
        Path basePolicy,
        Optional<Fork> fork,
        Duration transactionTimeout) {

    /** Makes what a run trains: the policy in {@code basePolicy}, or that of a fork on it. */
    public static LearnerFactory learners(Path basePolicy, Optional<Fork> fork, TrainingSettings training) {
        return fork.map(begun -> PolicyLearner.goingOnFrom(begun.folder(), basePolicy, training))
                .orElseGet(() -> PolicyLearner.startingFrom(basePolicy, training));
    }

    /** Number of the run's first step. */
    long firstStep() {
        return fork.map(begun -> begun.point().step()).orElse(0L) + 1;
    }
}
