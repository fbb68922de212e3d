package io.tramontane.jobs.lab.checkpoint;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.lab.checkpoint.CheckpointReport.TrainerCheckpoint;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.LearnerFactory;
import io.tramontane.pipeline.training.PolicyLearner;
import io.tramontane.pipeline.training.TrainerWiring;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.pipeline.training.WeightsOutlet;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How long a checkpoint of a large trainer keeps it from training. The trainer, its topics and its checkpoints are
 * those of a real run; micro-batches never run out, and the policy has a large embedding and little else, so that it is
 * the state that takes the time. The trainer's own thread says when it trained and when it did not, once with
 * checkpoints and once without.
 */
public final class CheckpointBenchmark {

    private static final int BYTES_A_PARAMETER = 3 * Float.BYTES;
    private static final int HIDDEN_SIZE = 512;
    private static final int SMALL_SIZE = 64;
    private static final int HEADS = 2;
    private static final int COMPLETION_TOKENS = 8;
    private static final int POSITIONS = 64;
    /** The first checkpoints meet code that is not compiled yet. */
    private static final int WARM_UP = 3;
    /** Each has many micro-batches, so that few suffice. */
    private static final int UNDISTURBED_STEPS = 10;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final KafkaSettings kafka;
    private final Plan plan;

    /**
     * What is measured.
     *
     * @param stateBytes of weights and both moments together
     * @param microBatches of one step
     * @param checkpoints that are counted
     */
    public record Plan(long stateBytes, int microBatches, int checkpoints) {}

    /** Nothing runs before {@link #run()}. */
    public CheckpointBenchmark(TramontaneConfig config, RunDirectory directory, KafkaSettings kafka, Plan plan) {
        this.config = config;
        this.directory = directory;
        this.kafka = kafka;
        this.plan = plan;
    }

    /**
     * Trains without checkpoints for some steps, then with them.
     *
     * @throws RunFailure when a job fails
     */
    public CheckpointReport run() throws IOException, InterruptedException {
        PolicyConfig policy = policy();
        save(policy);
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(directory.id());
        }
        Configuration shipped = FlinkConfiguration.of(config.flink(), directory.checkpoints());
        shipped.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, plan.checkpoints() + WARM_UP + 1);
        shipped.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        Configuration without = new Configuration(shipped);
        without.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        try (LocalFlink flink = LocalFlink.start(shipped, config.flink().parallelism())) {
            TrainerTimeline undisturbed = TrainerTimeline.of(directory.id() + "-undisturbed");
            JobID first = submit(flink, without, policy, directory.id() + "-undisturbed");
            await(flink, first, () -> undisturbed.steps() >= UNDISTURBED_STEPS + WARM_UP);
            flink.cancel(first);

            TrainerTimeline disturbed = TrainerTimeline.of(directory.id() + "-disturbed");
            JobID second = submit(flink, shipped, policy, directory.id() + "-disturbed");
            await(flink, second, () -> completed(flink, second).size() >= plan.checkpoints() + WARM_UP);
            List<TrainerCheckpoint> checkpoints = completed(flink, second);
            flink.cancel(second);
            return new CheckpointReport(
                    WARM_UP,
                    undisturbed.spans(),
                    disturbed.spans(),
                    checkpoints.subList(WARM_UP, WARM_UP + plan.checkpoints()));
        } finally {
            TrainerTimeline.forget(directory.id() + "-undisturbed");
            TrainerTimeline.forget(directory.id() + "-disturbed");
        }
    }

    private PolicyConfig policy() {
        PolicyConfig small = withVocabulary(2);
        long rest = small.tensors().stream().mapToLong(TensorSpec::size).sum() - 2L * HIDDEN_SIZE;
        long vocabulary = (plan.stateBytes() / BYTES_A_PARAMETER - rest) / HIDDEN_SIZE;
        return withVocabulary(Math.toIntExact(vocabulary));
    }

    private static PolicyConfig withVocabulary(int vocabulary) {
        return new PolicyConfig(
                vocabulary, HIDDEN_SIZE, SMALL_SIZE, 1, HEADS, 1, SMALL_SIZE / HEADS, POSITIONS, 1e-5, 10_000);
    }

    private void save(PolicyConfig policy) throws IOException {
        String tokenizer = new BytePairTrainer(300, List.of()).train(List.of("a tokenizer that nobody asks"));
        PolicyFiles.save(
                directory.basePolicy(),
                new PolicyBundle(
                        policy,
                        Weights.initialise(policy, config.run().seed()),
                        tokenizer,
                        BytePairTrainer.endOfSequence()));
    }

    private JobID submit(LocalFlink flink, Configuration configuration, PolicyConfig policy, String timeline) {
        TrainingSettings settings = new TrainingSettings(
                Long.MAX_VALUE, config.training().optimizer(), config.training().loss());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        var microBatches = environment
                .fromSequence(0, Long.MAX_VALUE)
                .uid("bench-numbers")
                .map(new MicroBatchSource(plan.microBatches(), policy.vocabularySize(), COMPLETION_TOKENS))
                .returns(TypeInformation.of(MicroBatch.class))
                .uid("bench-micro-batches");
        TrainerWiring trainer = TrainerWiring.attach(
                microBatches,
                directory.id(),
                settings,
                timed(PolicyLearner.startingFrom(directory.basePolicy(), settings), timeline, policy.vocabularySize()),
                timed(KafkaWeightsOutlet.to(kafka, directory.id(), config.weights()), timeline));
        new PipelineTopics(kafka, directory.id(), Duration.ofMinutes(15)).writeSteps(trainer.steps());
        var graph = environment.getStreamGraph();
        graph.setJobName("Tramontane bench checkpoint");
        JobID job = new JobID();
        flink.submit(graph, job, Optional.empty());
        return job;
    }

    private static LearnerFactory timed(LearnerFactory factory, String timeline, int vocabulary) {
        return restored -> new TimedLearner(
                factory.create(Optional.of(restored.orElseGet(() -> randomState(withVocabulary(vocabulary))))),
                TrainerTimeline.of(timeline));
    }

    private static WeightsOutlet.Factory timed(WeightsOutlet.Factory factory, String timeline) {
        return () -> new TimedOutlet(factory.open(), TrainerTimeline.of(timeline));
    }

    /** As after many steps: fresh moments are zero, which file systems and caches may treat better than they should. */
    private static TrainerState randomState(PolicyConfig policy) {
        return new TrainerState(
                Weights.initialise(policy, 1), random(policy, 2, 1e-3, false), random(policy, 3, 1e-6, true), 0);
    }

    private static Weights random(PolicyConfig policy, long seed, double scale, boolean positive) {
        float[] values = new float
                [policy.tensors().stream()
                        .mapToInt(spec -> Math.toIntExact(spec.size()))
                        .sum()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            double value = scale * random.nextGaussian();
            values[i] = (float) (positive ? Math.abs(value) : value);
        }
        return new Weights(policy.tensors(), values);
    }

    private static void await(LocalFlink flink, JobID job, BooleanSupplier done) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (flink.status(job).isGloballyTerminalState()) {
                throw new RunFailure("the training job ended by itself; the log says why");
            }
            if (System.nanoTime() > deadline) {
                throw new RunFailure("too little was done in " + PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Oldest first. */
    private static List<TrainerCheckpoint> completed(LocalFlink flink, JobID job) {
        AccessExecutionGraph graph = flink.execution(job);
        if (graph.getCheckpointStatsSnapshot() == null) {
            return List.of();
        }
        List<TrainerCheckpoint> checkpoints = new ArrayList<>();
        for (AbstractCheckpointStats checkpoint :
                graph.getCheckpointStatsSnapshot().getHistory().getCheckpoints()) {
            if (checkpoint.getStatus().isCompleted()) {
                SubtaskStateStats subtask =
                        checkpoint.getTaskStateStats(trainer(graph)).getSubtaskStats()[0];
                checkpoints.add(
                        0,
                        new TrainerCheckpoint(
                                checkpoint.getTriggerTimestamp(),
                                subtask.getAckTimestamp(),
                                subtask.getStateSize(),
                                subtask.getSyncCheckpointDuration(),
                                subtask.getAsyncCheckpointDuration(),
                                subtask.getCheckpointStartDelay(),
                                subtask.getAlignmentDuration()));
            }
        }
        return checkpoints;
    }

    private static JobVertexID trainer(AccessExecutionGraph graph) {
        for (AccessExecutionJobVertex vertex : graph.getVerticesTopologically()) {
            if (vertex.getName().contains(OperatorIdentity.TRAINER.title())) {
                return vertex.getJobVertexId();
            }
        }
        throw new IllegalStateException("the job has no trainer");
    }
}
