package io.tramontane.jobs.kernel.flink;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/** Flink in this process, with its web UI: one JobManager and one TaskManager with {@code slots} slots. */
public final class LocalFlink implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;
    private static final long ABANDONED_SECONDS = 5;

    private final MiniCluster cluster;
    /** The cluster keeps counting those that are gone. */
    private int taskManager;

    private LocalFlink(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /** @throws RunFailure when the web UI's port is taken or the cluster does not come up */
    public static LocalFlink start(Configuration configuration, int slots) {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
            return new LocalFlink(cluster);
        } catch (Exception e) {
            cluster.closeAsync();
            String reason = ExceptionUtils.findThrowable(e, BindException.class)
                    .map(bind -> "the port of its web UI is taken: " + bind.getMessage()
                            + " (choose another with flink.web-port)")
                    .orElse(ExceptionUtils.stripExecutionException(e).getMessage());
            throw new RunFailure("Flink did not start: " + reason, e);
        }
    }

    public URI webAddress() {
        return await(cluster.getRestAddress(), "its web address");
    }

    /** Starts the job, from {@code snapshot} when there is one. */
    public void submit(StreamGraph graph, JobID jobId, Optional<Path> snapshot) {
        snapshot.ifPresent(path -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(path.toUri().toString(), false)));
        await(cluster.submitJob(graph.getJobGraph(LocalFlink.class.getClassLoader(), jobId)), "the job's submission");
    }

    /** The job's end, whenever it comes; a failed job's result carries the cause. */
    public CompletableFuture<JobResult> result(JobID jobId) {
        return cluster.requestJobResult(jobId);
    }

    /** Waits for the job's end, however long that takes. */
    public JobResult await(JobID jobId) throws InterruptedException {
        try {
            return cluster.requestJobResult(jobId).get();
        } catch (ExecutionException e) {
            throw new RunFailure("the job was lost: " + e.getCause().getMessage(), e);
        }
    }

    /**
     * Waits for the job's end, which must be an orderly one.
     *
     * @param name of the job, for the message: {@code the scoring job}
     * @throws RunFailure when it was lost, failed or was cancelled, with the first cause
     */
    public JobResult awaitFinished(JobID jobId, String name) throws InterruptedException {
        JobResult result = await(jobId);
        JobStatus status = result.getJobStatus().orElse(null);
        if (status == JobStatus.FINISHED) {
            return result;
        }
        Throwable cause = result.getSerializedThrowable()
                .<Throwable>map(failure -> failure.deserializeError(LocalFlink.class.getClassLoader()))
                .orElse(null);
        throw new RunFailure(
                name + " ended as " + status + (cause == null ? "" : ": " + RunFailure.rootOf(cause)), cause);
    }

    public JobStatus status(JobID jobId) {
        return await(cluster.getJobStatus(jobId), "the job's status");
    }

    /**
     * Ends the TaskManager as if it were lost, and starts another one. Its jobs fail and restart.
     *
     * @throws RunFailure when the other one does not come up
     */
    public synchronized void replaceTaskManager() {
        await(cluster.terminateTaskManager(taskManager), "the end of its TaskManager");
        try {
            cluster.startTaskManager();
            taskManager++;
        } catch (Exception e) {
            throw new RunFailure("Flink's TaskManager did not start again: " + e.getMessage(), e);
        }
    }

    /** What the job is made of and how its checkpoints went, as of now. */
    public AccessExecutionGraph execution(JobID jobId) {
        return await(cluster.getExecutionGraph(jobId), "the job's state");
    }

    /** Ends the job with a savepoint from which it can go on, and returns where that lies. */
    public Path stopWithSavepoint(JobID jobId, Path directory) {
        String location = await(
                cluster.stopWithSavepoint(jobId, directory.toUri().toString(), false, SavepointFormatType.CANONICAL),
                "the savepoint");
        return Path.of(URI.create(location));
    }

    /** Ends the job at once; its last completed checkpoint is kept. */
    public void cancel(JobID jobId) {
        await(cluster.cancelJob(jobId), "the job's cancellation");
        await(cluster.requestJobResult(jobId), "the job's end");
    }

    @Override
    public void close() {
        await(cluster.closeAsync(), "its end");
    }

    /**
     * Asks it to end, and waits for a few seconds only: without a broker its tasks end when their producers give up
     * hope, which takes minutes.
     */
    public void abandon() {
        cluster.closeAsync()
                .copy()
                .completeOnTimeout(null, ABANDONED_SECONDS, TimeUnit.SECONDS)
                .handle((ended, failure) -> null)
                .join();
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while Flink was asked for " + what, e);
        } catch (TimeoutException e) {
            throw new RunFailure("Flink did not answer within " + TIMEOUT_SECONDS + " s when asked for " + what, e);
        } catch (ExecutionException e) {
            throw new RunFailure(
                    "Flink failed at " + what + ": "
                            + ExceptionUtils.stripExecutionException(e).getMessage(),
                    e);
        }
    }
}
