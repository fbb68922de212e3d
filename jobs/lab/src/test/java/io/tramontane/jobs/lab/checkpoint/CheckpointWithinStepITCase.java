package io.tramontane.jobs.lab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.training.Learner;
import io.tramontane.pipeline.training.LearnerFactory;
import io.tramontane.pipeline.training.PolicyLearner;
import io.tramontane.pipeline.training.TrainerWiring;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.pipeline.training.WeightsOutlet;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.SerializedWeights;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.StepStatistics;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import io.tramontane.schemas.WeightsVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trainer in a real job with the shipped settings, which computes only as far as the test lets it, while two steps'
 * micro-batches wait in front of it.
 */
@Timeout(180)
class CheckpointWithinStepITCase {

    private static final PolicyConfig POLICY = new PolicyConfig(300, 8, 16, 1, 2, 1, 4, 16, 1e-5, 10_000);
    private static final int MICRO_BATCHES = 64;
    private static final int STEPS = 2;
    private static final Semaphore PERMITS = new Semaphore(0);
    private static final AtomicInteger TRAINED = new AtomicInteger();
    /** Hash of each version, the last publication counts. */
    private static final Map<Long, String> HASHES = new ConcurrentSkipListMap<>();

    @TempDir
    private Path temporary;

    private RunDirectory directory;
    private TramontaneConfig config;

    @BeforeEach
    void prepare() throws IOException {
        directory = new RunDirectory(temporary.resolve("run"));
        config =
                TramontaneConfig.loader().set("flink.checkpoint-interval=100ms").load();
        String tokenizer = new BytePairTrainer(POLICY.vocabularySize(), List.of()).train(List.of("some text"));
        PolicyFiles.save(
                directory.basePolicy(),
                new PolicyBundle(POLICY, Weights.initialise(POLICY, 1), tokenizer, BytePairTrainer.endOfSequence()));
    }

    @Test
    void aCheckpointOvertakesTheStepThatWaitsAndARestoreFromItGivesTheSameBits() throws Exception {
        Configuration configuration = FlinkConfiguration.of(config.flink(), directory.checkpoints());
        try (LocalFlink flink = LocalFlink.start(configuration, 1)) {
            reset(Integer.MAX_VALUE);
            flink.await(submit(flink, configuration, Optional.empty()));
            Map<Long, String> uninterrupted = Map.copyOf(HASHES);
            assertThat(uninterrupted).containsOnlyKeys(0L, 1L, 2L);

            reset(1);
            JobID interrupted = submit(flink, configuration, Optional.empty());
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        PERMITS.release();
                        return TRAINED.get() > 2 && completed(flink, interrupted) > 0;
                    });
            assertThat(TRAINED).as("micro-batches of the first step").hasValueLessThan(MICRO_BATCHES);
            flink.cancel(interrupted);
            Path snapshot = directory.newestSnapshot().orElseThrow();

            reset(Integer.MAX_VALUE);
            flink.await(submit(flink, configuration, Optional.of(snapshot)));
            assertThat(HASHES).containsEntry(2L, uninterrupted.get(2L));
            assertThat(uninterrupted).containsAllEntriesOf(HASHES);
        }
    }

    private static void reset(int permits) {
        PERMITS.drainPermits();
        PERMITS.release(permits);
        TRAINED.set(0);
        HASHES.clear();
    }

    private static long completed(LocalFlink flink, JobID job) {
        var statistics = flink.execution(job).getCheckpointStatsSnapshot();
        return statistics == null ? 0 : statistics.getCounts().getNumberOfCompletedCheckpoints();
    }

    private JobID submit(LocalFlink flink, Configuration configuration, Optional<Path> snapshot) {
        TrainingSettings settings = new TrainingSettings(
                STEPS, config.training().optimizer(), config.training().loss());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        var microBatches = environment
                .fromSequence(0, (long) STEPS * MICRO_BATCHES - 1)
                .uid("numbers")
                .map(new MicroBatchSource(MICRO_BATCHES, POLICY.vocabularySize(), 3))
                .returns(TypeInformation.of(MicroBatch.class))
                .uid("micro-batches");
        TrainerWiring.attach(
                        microBatches,
                        "run",
                        settings,
                        permitted(PolicyLearner.startingFrom(directory.basePolicy(), settings)),
                        Hashes::new)
                .steps()
                .sinkTo(new DiscardingSink<>())
                .uid("steps");
        JobID job = new JobID();
        flink.submit(environment.getStreamGraph(), job, snapshot);
        return job;
    }

    private static LearnerFactory permitted(LearnerFactory factory) {
        return restored -> new PermittedLearner(factory.create(restored));
    }

    private record PermittedLearner(Learner learner) implements Learner {

        @Override
        public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
            try {
                PERMITS.acquire();
            } catch (InterruptedException e) {
                throw new IllegalStateException("cancelled", e);
            }
            TRAINED.incrementAndGet();
            return learner.accumulate(microBatch);
        }

        @Override
        public StepStatistics step() {
            return learner.step();
        }

        @Override
        public long steps() {
            return learner.steps();
        }

        @Override
        public TrainerState state() {
            return learner.state();
        }

        @Override
        public long liveArrays() {
            return learner.liveArrays();
        }

        @Override
        public void close() {
            learner.close();
        }
    }

    private static final class Hashes implements WeightsOutlet {

        @Override
        public long newestIncarnation() {
            return 0;
        }

        @Override
        public void publish(WeightsVersion version, SerializedWeights weights) {
            HASHES.put(version.version(), weights.sha256());
        }

        @Override
        public void close() {}
    }
}
