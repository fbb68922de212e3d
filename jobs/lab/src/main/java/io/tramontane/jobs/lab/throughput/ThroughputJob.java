package io.tramontane.jobs.lab.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.topology.ScoreTopology;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import io.tramontane.rewards.composition.RewardSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The training job without what trains, with the settings it is shipped with: RocksDB, checkpoints, exactly-once
 * groups. It may not restart: a pass with a restart in it would measure something else. Used by one thread.
 */
final class ThroughputJob implements AutoCloseable {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private final TramontaneConfig config;
    private final String runId;
    private final KafkaSettings kafka;
    private final Configuration flinkConfiguration;
    private final LocalFlink flink;

    ThroughputJob(TramontaneConfig config, RunDirectory directory, KafkaSettings kafka) {
        this.config = config;
        this.runId = directory.id();
        this.kafka = kafka;
        flinkConfiguration = FlinkConfiguration.of(config.flink(), directory.checkpoints());
        flinkConfiguration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        flink = LocalFlink.start(flinkConfiguration, config.flink().parallelism());
    }

    /** Starts the job on the completions of the run, without state. */
    JobID start(RewardSettings reward, Extent extent) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(flinkConfiguration);
        ScoreTopology.build(environment, runId, kafka, config.pipeline(), reward, extent, TRANSACTION_TIMEOUT);
        var graph = environment.getStreamGraph();
        graph.setJobName("Tramontane bench throughput " + runId);
        JobID jobId = new JobID();
        flink.submit(graph, jobId, Optional.empty());
        return jobId;
    }

    /**
     * Goes through all completions that are there.
     *
     * @return seconds from when the tasks run, their state and transactions opened, until every group is committed
     * @throws RunFailure when the job fails
     */
    double pass(RewardSettings reward) throws InterruptedException, IOException {
        JobID jobId = start(reward, Extent.UP_TO_NOW);
        requireOrderlyEnd(jobId);
        return runningSeconds(jobId);
    }

    /** @throws RunFailure when the job does not run any more */
    void requireRunning(JobID jobId) throws InterruptedException {
        if (flink.status(jobId).isGloballyTerminalState()) {
            requireOrderlyEnd(jobId);
        }
    }

    void cancel(JobID jobId) {
        flink.cancel(jobId);
    }

    private void requireOrderlyEnd(JobID jobId) throws InterruptedException {
        flink.awaitFinished(jobId, "the job " + jobId);
    }

    /** The longest time that any vertex was in the state RUNNING. */
    private double runningSeconds(JobID jobId) throws IOException {
        URI job = flink.webAddress().resolve("/jobs/" + jobId);
        long longest = 0;
        for (JsonNode vertex : read(job).required("vertices")) {
            JsonNode details =
                    read(URI.create(job + "/vertices/" + vertex.required("id").asText()));
            for (JsonNode subtask : details.required("subtasks")) {
                longest = Math.max(
                        longest,
                        subtask.required("status-duration").required("RUNNING").asLong());
            }
        }
        return longest / 1e3;
    }

    private static JsonNode read(URI address) throws IOException {
        try (InputStream in = address.toURL().openStream()) {
            return Json.parse(in);
        }
    }

    @Override
    public void close() {
        flink.close();
    }
}
