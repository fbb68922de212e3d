package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.CommittedWeights;
import io.tramontane.jobs.run.local.RunState;
import io.tramontane.jobs.run.local.TrainingGraph;
import io.tramontane.jobs.run.local.TrainingMonitor;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/**
 * The training job of a run on a cluster: submitted, watched, stopped. The job belongs to the cluster; a process that
 * watches it may come and go.
 *
 * <p>Used by one thread, except {@link #leave()}.
 */
public final class ClusterTraining {

    private static final long STATUS_NANOS = 2_000_000_000L;

    private final Cluster cluster;
    private final RunDirectory directory;
    private final RunConsole console;
    private JobID jobId;
    private volatile boolean leaving;

    public ClusterTraining(Cluster cluster, RunConsole console) {
        this.cluster = cluster;
        this.directory = cluster.directory().run();
        this.console = console;
        this.jobId = TrainingGraph.jobId(directory, submissions());
    }

    /**
     * Submits the job unless it runs already: from the newest checkpoint or savepoint when there is one.
     *
     * @param config the run's, or what it should be from here on
     * @param jar the jar that holds the job's classes
     * @return whether it was submitted
     * @throws RunFailure when the cluster does not take it
     */
    public boolean submit(TramontaneConfig config, Path jar) {
        if (status().filter(status -> !status.isGloballyTerminalState()).isPresent()) {
            return false;
        }
        var graph = TrainingGraph.of(config, directory, config.kafka(), FlinkConfiguration.ofJob(config.flink()));
        Optional<Path> snapshot = directory.newestSnapshot();
        snapshot.ifPresent(
                path -> console.say("resuming", "from %s", directory.root().relativize(path)));
        int submission = submissions() + 1;
        jobId = TrainingGraph.jobId(directory, submission);
        count(submission);
        cluster.flink().submit(graph, jobId, jar, snapshot);
        RunState state = RunState.load(directory.state());
        if (state.trainingStartedAt() == 0) {
            state.withTrainingStartedAt(System.currentTimeMillis()).save(directory.state());
        }
        return true;
    }

    private int submissions() {
        Path file = cluster.directory().submissions();
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            throw new RunFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Before the submission: one that is cut short has used its id up. */
    private void count(int submission) {
        Path file = cluster.directory().submissions();
        try {
            AtomicFile.write(file, Integer.toString(submission));
        } catch (IOException e) {
            throw new RunFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The job as the JobManager sees it; empty when it does not answer or has none. */
    public Optional<JobStatus> status() {
        return cluster.flink().status(jobId);
    }

    /** Where the job is to be seen. */
    public String webAddress() {
        return cluster.flink().webAddress() + "/#/job/running/" + jobId + "/overview";
    }

    /**
     * Shows the committed steps until the last one, then ends the job with a savepoint and keeps the policy. A
     * JobManager that does not answer is waited for: it may be on its way back.
     *
     * @throws RunFailure when the job has ended by itself
     */
    public void follow(TramontaneConfig config) throws IOException {
        RunState state = RunState.load(directory.state());
        long steps = config.training().maximumSteps();
        long begun = Fork.beginning(directory.fork());
        int stages = config.curriculum().stages().size();
        try (TrainingMonitor monitor = new TrainingMonitor(config.kafka(), directory, state.trainingStartedAt())) {
            long asked = System.nanoTime();
            while (!leaving) {
                for (Step step : monitor.poll(Optional.empty())) {
                    double elapsed = (step.getFinishedAt() - state.trainingStartedAt()) / 1e3;
                    console.step(step, begun, steps, stages, elapsed, Optional.empty());
                    if (step.getStep() >= steps) {
                        finish(config, step);
                        return;
                    }
                }
                if (System.nanoTime() - asked > STATUS_NANOS) {
                    asked = System.nanoTime();
                    status().filter(JobStatus::isGloballyTerminalState).ifPresent(this::endedByItself);
                }
            }
        }
        console.say("left", "the job goes on; watch it again with: ./tramontane train --cluster %s", directory.root());
    }

    private void endedByItself(JobStatus status) {
        String why = status == JobStatus.FAILED ? ": " + cluster.flink().failure(jobId) : "";
        throw new RunFailure("the job is " + status + why);
    }

    private void finish(TramontaneConfig config, Step last) throws IOException {
        Path savepoint = stop();
        console.say("savepoint", "%s", savepoint);
        PolicyBundle base = PolicyFiles.load(directory.basePolicy());
        Weights weights = CommittedWeights.of(last, config.kafka(), config.weights(), base.config());
        DirectoryTree.deleteIfPresent(directory.trainedPolicy());
        PolicyFiles.save(directory.trainedPolicy(), base.with(weights));
        console.say("policy", "%s (Hugging Face layout)", directory.trainedPolicy());
        console.say("report", "%s", HtmlReport.write(directory.root()));
    }

    /** Ends the job with a savepoint, from which {@link #submit} goes on. */
    public Path stop() {
        return cluster.flink().stopWithSavepoint(jobId, directory.savepoints());
    }

    /** Lets {@link #follow} return; the job goes on. By any thread. */
    public void leave() {
        leaving = true;
    }
}
