package io.tramontane.jobs.run.local;

import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.EvaluationSettings;
import io.tramontane.jobs.evaluation.periodic.EvaluationLog;
import io.tramontane.jobs.evaluation.periodic.PeriodicEvaluation;
import io.tramontane.jobs.evaluation.periodic.PeriodicEvaluator;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluation beside training on a thread of its own. Training does not depend on it: what fails here is said once, and
 * the run goes on without.
 */
public final class LocalEvaluator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalEvaluator.class);

    private final PeriodicEvaluator evaluator;
    private final FileLock claim;
    private final Thread thread;
    private final ConcurrentLinkedQueue<PeriodicEvaluation> news = new ConcurrentLinkedQueue<>();
    private volatile Throwable failure;

    private LocalEvaluator(PeriodicEvaluator.Parts parts, EvaluationLog log, FileLock claim) {
        this.evaluator = new PeriodicEvaluator(parts, log, news::add, Clock.systemUTC());
        this.claim = claim;
        this.thread = new Thread(this::run, "evaluator");
    }

    /**
     * Begins to follow a run.
     *
     * @param kafka where its topics are
     * @param tokenizer closed by the caller, after this
     * @return empty when the settings want no evaluation
     * @throws RunFailure when another process evaluates the run, or its file of evaluations cannot be written
     */
    public static Optional<LocalEvaluator> start(
            TramontaneConfig config,
            RunDirectory directory,
            KafkaSettings kafka,
            PolicyConfig policy,
            PolicyTokenizer tokenizer) {
        EvaluationSettings settings = config.evaluation();
        if (settings.periodic().everySteps() == 0) {
            return Optional.empty();
        }
        long seed = config.run().seed();
        var parts = new PeriodicEvaluator.Parts(
                directory.id(),
                seed,
                config.training().maximumSteps(),
                kafka,
                config.weights(),
                config.reward(),
                settings,
                DatasetProblems.heldOut(config.dataset(), seed, settings.problems()),
                policy,
                tokenizer);
        FileLock claim = directory.claimEvaluations();
        try {
            LocalEvaluator local = new LocalEvaluator(parts, EvaluationLog.open(directory.evaluations()), claim);
            local.thread.setDaemon(true);
            local.thread.setPriority(Thread.MIN_PRIORITY);
            local.thread.start();
            return Optional.of(local);
        } catch (IOException e) {
            RunDirectory.release(claim);
            throw new RunFailure("cannot write to " + directory.evaluations() + ": " + e.getMessage(), e);
        }
    }

    private void run() {
        try {
            evaluator.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("The run is no longer evaluated; training goes on", e);
            failure = e;
        }
    }

    /** What was measured since the last call. */
    public List<PeriodicEvaluation> poll() {
        List<PeriodicEvaluation> measured = new ArrayList<>();
        for (PeriodicEvaluation next = news.poll(); next != null; next = news.poll()) {
            measured.add(next);
        }
        return measured;
    }

    /** Why it ended by itself before its time, if it did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether there is nothing more to measure. */
    public boolean ended() {
        return !thread.isAlive();
    }

    /** Gives an evaluation in progress up. */
    @Override
    public void close() {
        evaluator.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            RunDirectory.release(claim);
        }
    }
}
