package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/**
 * A client of a cluster's JobManager over REST, as {@code flink run} uses it. Opens a connection for each call: a
 * JobManager may be another process every time.
 *
 * <p>Thread-safe.
 */
public final class FlinkClient {

    private static final long ANSWER_SECONDS = 5;
    private static final long SUBMISSION_SECONDS = 60;
    private static final long SAVEPOINT_SECONDS = 180;

    private final Configuration configuration;

    /** @param cluster the configuration of the cluster's processes */
    FlinkClient(Configuration cluster) {
        configuration = new Configuration(cluster);
        // The address is known and does not change, so it need not be looked up.
        configuration.removeConfig(HighAvailabilityOptions.HA_MODE);
        configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
        configuration.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(2));
    }

    /** Where the web UI is. */
    public String webAddress() {
        return "http://" + configuration.get(RestOptions.ADDRESS) + ":" + configuration.get(RestOptions.PORT);
    }

    /** How many TaskManagers are registered; empty when the JobManager does not answer. */
    public Optional<Integer> taskManagers() {
        try {
            return Optional.of(
                    call(ANSWER_SECONDS, RestClusterClient::getClusterOverview).getNumTaskManagersConnected());
        } catch (RunFailure notReachable) {
            return Optional.empty();
        }
    }

    /** Resource ids of the TaskManagers that hold slots of a job; none when the JobManager does not answer. */
    public List<String> busyTaskManagers() {
        try {
            return call(
                            ANSWER_SECONDS,
                            client -> client.sendRequest(
                                    TaskManagersHeaders.getInstance(),
                                    EmptyMessageParameters.getInstance(),
                                    EmptyRequestBody.getInstance()))
                    .getTaskManagerInfos()
                    .stream()
                    .filter(taskManager -> taskManager.getNumberAvailableSlots() < taskManager.getNumberSlots())
                    .map(taskManager -> taskManager.getResourceId().getResourceIdString())
                    .toList();
        } catch (RunFailure notReachable) {
            return List.of();
        }
    }

    /** What has become of the job; empty when the JobManager does not answer or does not know the job. */
    public Optional<JobStatus> status(JobID jobId) {
        try {
            return call(ANSWER_SECONDS, RestClusterClient::listJobs).stream()
                    .filter(job -> job.getJobId().equals(jobId))
                    .map(JobStatusMessage::getJobState)
                    .findFirst();
        } catch (RunFailure notReachable) {
            return Optional.empty();
        }
    }

    /**
     * Submits the job with the jar that holds its classes.
     *
     * @param snapshot checkpoint or savepoint to begin with
     * @throws RunFailure when the cluster does not take it
     */
    public void submit(StreamGraph graph, JobID jobId, Path jar, Optional<Path> snapshot) {
        snapshot.ifPresent(path -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(path.toUri().toString(), false)));
        var jobGraph = graph.getJobGraph(FlinkClient.class.getClassLoader(), jobId);
        if (jar.toFile().isFile()) {
            jobGraph.addJar(new org.apache.flink.core.fs.Path(jar.toUri()));
        }
        call(SUBMISSION_SECONDS, client -> client.submitJob(jobGraph));
    }

    /** Ends the job with a savepoint and returns where that lies. */
    public Path stopWithSavepoint(JobID jobId, Path directory) {
        String location = call(
                SAVEPOINT_SECONDS,
                client -> client.stopWithSavepoint(
                        jobId, false, directory.toUri().toString(), SavepointFormatType.CANONICAL));
        return Path.of(java.net.URI.create(location));
    }

    /** Why a job that has failed did so. */
    public String failure(JobID jobId) {
        try {
            return call(ANSWER_SECONDS, client -> client.requestJobResult(jobId))
                    .getSerializedThrowable()
                    .map(serialized -> RunFailure.rootOf(
                                    serialized.deserializeError(FlinkClient.class.getClassLoader()))
                            .toString())
                    .orElse("it ended before its last step");
        } catch (RunFailure gone) {
            return gone.getMessage();
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        CompletableFuture<T> on(RestClusterClient<StandaloneClusterId> client) throws Exception;
    }

    private <T> T call(long seconds, Call<T> call) {
        try (var client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance())) {
            return call.on(client).get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while Flink was asked", e);
        } catch (TimeoutException e) {
            throw new RunFailure("Flink at " + webAddress() + " did not answer within " + seconds + " s", e);
        } catch (Exception e) {
            Throwable cause = e instanceof ExecutionException ? ExceptionUtils.stripExecutionException(e) : e;
            throw new RunFailure("Flink at " + webAddress() + ": " + RunFailure.rootOf(cause), e);
        }
    }
}
