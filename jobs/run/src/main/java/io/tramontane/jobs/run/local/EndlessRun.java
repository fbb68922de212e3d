package io.tramontane.jobs.run.local;

import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.jobs.generator.LocalGenerator;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.metrics.ProcessMetrics;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.Step;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;

/**
 * The embedded default, going on until it is closed: broker, Flink, generator and training in this process. What long
 * measurements are taken of.
 *
 * <p>Used by one thread.
 */
public final class EndlessRun implements AutoCloseable {

    private final Parts parts;
    private final LocalServices services;
    private final JobID job;
    private final CompletableFuture<JobResult> end;
    private final ProcessMetrics metrics;
    private final TrainingMonitor monitor;
    private LocalGenerator generator;
    private int generators;
    /** Of the generators before this one. */
    private long completionsBefore;

    private long tokensBefore;
    private long steps;

    /**
     * What it is made of.
     *
     * @param config with steps and restarts beyond any number that is reached
     * @param base the base policy, in the run's folder already
     * @param tokenizer the policy's; must stay open as long as the run
     */
    public record Parts(
            TramontaneConfig config, RunDirectory directory, PolicyBundle base, PolicyTokenizer tokenizer) {}

    private EndlessRun(
            Parts parts, LocalServices services, JobID job, ProcessMetrics metrics, TrainingMonitor monitor) {
        this.parts = parts;
        this.services = services;
        this.job = job;
        this.end = services.flink().result(job);
        this.metrics = metrics;
        this.monitor = monitor;
        startGenerator();
    }

    /** @throws RunFailure when one of its parts does not come up */
    public static EndlessRun start(Parts parts) {
        LocalServices services = LocalServices.start(parts.config(), parts.directory());
        try {
            JobID job = services.train(parts.config(), parts.directory().newestSnapshot());
            return observed(parts, services, job);
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static EndlessRun observed(Parts parts, LocalServices services, JobID job) {
        ProcessMetrics metrics = ProcessMetrics.open(
                parts.config().metrics(), parts.config().flink().properties());
        try {
            var monitor = new TrainingMonitor(services.kafka(), parts.directory(), System.currentTimeMillis());
            return new EndlessRun(parts, services, job, metrics, monitor);
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    /**
     * Takes in the steps that were committed since; waits a moment when there are none.
     *
     * @throws RunFailure when the run has ended by itself
     */
    public void follow() {
        for (Step step : monitor.poll(generator.statistics())) {
            steps = step.getStep();
        }
        if (end.isDone()) {
            throw new RunFailure("the job ended by itself; " + parts.directory().log() + " says why");
        }
        services.requireHealthy();
    }

    /** Committed up to the last {@link #follow}. */
    public long steps() {
        return steps;
    }

    /** Generated so far. */
    public long completions() {
        return completionsBefore + ofThisGenerator(GeneratorStatistics::completions);
    }

    /** Completion tokens sampled so far. */
    public long tokens() {
        return tokensBefore + ofThisGenerator(GeneratorStatistics::tokens);
    }

    private long ofThisGenerator(ToLongFunction<GeneratorStatistics> figure) {
        return generator.statistics().map(figure::applyAsLong).orElse(0L);
    }

    /** Ends the generator as a crash would, and starts another. */
    public void crashGenerator() {
        generator.abandon();
        replaceGenerator();
    }

    /** Why the generator has ended by itself, if it has; another is started then, as a supervisor would. */
    public Optional<Throwable> replaceFailedGenerator() {
        Optional<Throwable> failure = generator.failure();
        if (failure.isPresent()) {
            replaceGenerator();
        }
        return failure;
    }

    private void replaceGenerator() {
        completionsBefore = completions();
        tokensBefore = tokens();
        startGenerator();
    }

    private void startGenerator() {
        generators++;
        generator = LocalGenerator.start(GeneratorParts.of(
                "generator-" + generators,
                parts.config(),
                parts.directory(),
                services.kafka(),
                parts.base(),
                parts.tokenizer(),
                metrics));
    }

    /** Loses the TaskManager, and gets another. */
    public void replaceTaskManager() {
        services.flink().replaceTaskManager();
    }

    /** Stops the broker and starts it again. */
    public void restartBroker() {
        services.restartBroker();
    }

    /** The broker to use. */
    public KafkaSettings kafka() {
        return services.kafka();
    }

    /** Serves the run's page until that is closed. */
    public Dashboard servePage() {
        return RunPage.serve(
                parts.config(),
                Optional.of(parts.directory()),
                services.kafka(),
                Optional.of(services.flink().webAddress()),
                Optional.of(parts.tokenizer()));
    }

    @Override
    public void close() {
        try {
            generator.close();
            monitor.close();
            metrics.close();
            if (!end.isDone()) {
                services.flink().cancel(job);
            }
        } finally {
            services.close();
        }
    }
}
