package io.tramontane.jobs.topology;

import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.batching.BatchingWiring;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import io.tramontane.pipeline.scheduling.SchedulerWiring;
import io.tramontane.pipeline.scored.ScoredGroups;
import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.TrainerWiring;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The training job, top to bottom as a completion goes through it:
 *
 * <pre>
 * completions ─► admission ─► scoring ─► grouping ─► advantage ─┬─► batching ─► trainer ─► steps, weights
 *                    ▲                                          └─► groups
 *            weights-manifest
 * outcomes (of all of them) ─► outcomes topic ─► prompt scheduler ─► prompts
 * </pre>
 *
 * <p>The loop closes through Kafka: generators turn prompts into completions, and outcomes come back to the scheduler.
 * What a group misses at its deadline grouping asks of the scheduler directly, and what batches come to batching tells
 * it when there is a curriculum.
 */
public final class TrainTopology {

    private TrainTopology() {}

    /** Adds the job to the environment. */
    public static void build(StreamExecutionEnvironment environment, TrainJob job) {
        PipelineSettings settings = job.pipeline();
        String runId = job.plan().runId();
        Curriculum curriculum = job.plan().curriculum();
        var topics = new PipelineTopics(job.kafka(), runId, job.transactionTimeout());

        var completions = topics.completions(environment, settings.limits(), Extent.UNBOUNDED);
        var manifests = topics.weightsManifests(environment, Extent.UNBOUNDED);
        var scored = ScoredGroups.attach(
                completions, manifests, ScorerFactory.of(job.reward()), settings.scoredGroups(), AtDeadline.ASK_ONCE);
        var batching = BatchingWiring.attach(
                scored.groups(), settings.batching(), settings.staleness(), curriculum, job.firstStep());
        var trainer = TrainerWiring.attach(
                batching.microBatches(),
                runId,
                job.training(),
                TrainJob.learners(job.basePolicy(), job.fork(), job.training()),
                KafkaWeightsOutlet.to(job.kafka(), runId, job.weights()));

        topics.writeGroups(scored.groups());
        topics.writeSteps(trainer.steps());
        topics.writeOutcomes(scored.outcomes().union(batching.outcomes(), trainer.outcomes()));

        var outcomes = topics.outcomes(environment);
        // Without stages nothing of batching's is needed, and its barriers are not waited for.
        var requests = curriculum.changes() ? scored.requests().union(batching.progress()) : scored.requests();
        topics.writePrompts(SchedulerWiring.attach(
                environment, outcomes, requests, job.plan(), settings.scheduling(), job.problems()));

        topics.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(
                        manifests.getSideOutput(SideOutputs.DEAD_LETTERS),
                        outcomes.getSideOutput(SideOutputs.DEAD_LETTERS)));
    }
}
