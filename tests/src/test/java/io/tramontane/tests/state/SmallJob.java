package io.tramontane.tests.state;

import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.topology.TrainTopology;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole training job of a run, with the real trainer on a policy of some thousand parameters and two groups of four
 * to a batch. Clocks that would make a stored state look old are set far ahead: it is restored long after.
 */
final class SmallJob {

    static final int GROUP_SIZE = 4;
    static final int GROUPS_PER_BATCH = 2;
    static final int GROUPS_IN_FLIGHT = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SETTINGS = List.of(
            "dataset.problems=200",
            "pipeline.scheduling.group-size=" + GROUP_SIZE,
            "pipeline.scheduling.maximum-groups-in-flight=" + GROUPS_IN_FLIGHT,
            "pipeline.scheduling.reissue-after=36500d",
            "pipeline.batching.completions-per-batch=" + GROUPS_PER_BATCH * GROUP_SIZE,
            "pipeline.batching.micro-batch-tokens=64",
            "pipeline.staleness.maximum-lag=1",
            "pipeline.admission.memory=36500d",
            "pipeline.grouping.memory=36500d");

    private final KafkaSettings kafka;
    private final String runId;
    private final LocalFlink flink;
    private final Path folder;

    /** @param folder for the base policy, checkpoints and savepoints */
    SmallJob(KafkaSettings kafka, String runId, LocalFlink flink, Path folder) throws IOException {
        this.kafka = kafka;
        this.runId = runId;
        this.flink = flink;
        this.folder = folder;
        if (!Files.exists(basePolicy())) {
            SmallPolicy.save(basePolicy());
        }
    }

    private Path basePolicy() {
        return folder.resolve("base");
    }

    private TramontaneConfig config(long maximumSteps) {
        ConfigLoader<TramontaneConfig> loader =
                TramontaneConfig.loader().set("run.id=" + runId).set("training.maximum-steps=" + maximumSteps);
        SETTINGS.forEach(loader::set);
        return loader.load();
    }

    /** Starts the job, from a snapshot of which every part must find its operator. */
    JobID start(int parallelism, long maximumSteps, Optional<Path> snapshot) {
        FlinkSettings settings = new FlinkSettings(
                0,
                parallelism,
                Duration.ofMillis(200),
                1,
                0,
                1,
                Duration.ofMillis(50),
                // A savepoint is then one file.
                Map.of("execution.checkpointing.data-inline-threshold", "1mb"));
        var environment = StreamExecutionEnvironment.getExecutionEnvironment(
                FlinkConfiguration.of(settings, folder.resolve("checkpoints")));
        TrainTopology.build(environment, config(maximumSteps).job().trainJob(runId, kafka, basePolicy()));
        JobID job = new JobID();
        flink.submit(environment.getStreamGraph(), job, snapshot);
        return job;
    }

    void awaitStep(JobID job, long step) {
        CompletableFuture<JobResult> end = flink.result(job);
        await().atMost(PATIENCE).until(() -> end.isDone() || steps().size() >= step);
        if (end.isDone()) {
            throw new AssertionError(
                    "the job ended before step " + step,
                    end.join().getSerializedThrowable().orElse(null));
        }
    }

    Path stop(JobID job) {
        return flink.stopWithSavepoint(job, folder.resolve("savepoints"));
    }

    /** Committed steps in the order of their topic. */
    List<Step> steps() {
        return TopicReader.readAll(kafka, Topic.STEPS, runId, Step.class);
    }
}
