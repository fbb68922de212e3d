package io.tramontane.jobs.run.local;

import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.evaluation.Evaluator;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.generator.LocalGenerator;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.metrics.ProcessMetrics;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.jobs.page.report.Summary;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;

/**
 * The whole loop in one process: warm-up, broker, Flink, generator, training, evaluation, report. Each stage leaves its
 * result in the run's folder, so a run that was stopped or killed goes on where it was.
 *
 * <p>Used by one thread, except {@link #stop()}.
 */
public final class LocalRun {

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final RunConsole console;
    private final RunContext context;
    private final long startedNanos = System.nanoTime();
    private RunState state;
    private volatile boolean stopRequested;

    /** @param context what the run has opened; closed by the caller, after the run */
    public LocalRun(TramontaneConfig config, RunDirectory directory, RunConsole console, RunContext context) {
        this.config = config;
        this.directory = directory;
        this.console = console;
        this.context = context;
    }

    /**
     * Runs what is still to be done, to the end.
     *
     * @throws RunFailure when it cannot go on; the message says why in one line
     * @throws CancellationException after {@link #stop()}
     */
    public void run() {
        FileLock claim = directory.claim();
        try {
            state = RunState.load(directory.state()).withFailure(null);
            state.save(directory.state());
            context.log();
            train();
        } catch (RunFailure e) {
            state = state == null ? null : state.withFailure(e.getMessage());
            throw e;
        } finally {
            if (state != null) {
                state.withSecondsBefore(seconds()).save(directory.state());
            }
            RunDirectory.release(claim);
        }
    }

    /**
     * Asks {@link #run()} to end in order as soon as it can; by any thread. (An interrupt would hit Kafka's clients and
     * native code in the middle of things.)
     */
    public void stop() {
        stopRequested = true;
    }

    private void requireGoOn() {
        if (stopRequested) {
            throw new CancellationException("the run was asked to stop");
        }
    }

    private double seconds() {
        return state.secondsBefore() + (System.nanoTime() - startedNanos) / 1e9;
    }

    private void train() {
        // Broker and Flink need seconds to come up, which pass beside the warm-up.
        CompletableFuture<LocalServices> starting =
                CompletableFuture.supplyAsync(() -> LocalServices.start(config, directory));
        try {
            PolicyBundle base = basePolicy(starting);
            try (PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(directory.basePolicy())) {
                requireRoomForProblems(base, tokenizer);
                if (state.base() == null) {
                    state = state.withBase(evaluate(base, base.weights(), tokenizer));
                    state.save(directory.state());
                }
                console.say("base policy", "%s", describe(state.base()));
                LocalServices services = started(starting);
                Weights trained = reinforce(services, base, tokenizer);
                finish(base, trained, tokenizer);
            }
        } catch (IOException e) {
            throw new RunFailure(e.getMessage(), e);
        } finally {
            starting.thenAccept(LocalServices::close)
                    .exceptionally(notStarted -> null)
                    .join();
        }
    }

    private static LocalServices started(CompletableFuture<LocalServices> starting) {
        try {
            return starting.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause() instanceof RunFailure failure
                    ? failure
                    : new RunFailure(e.getCause().getMessage(), e.getCause());
        }
    }

    /** @param starting the services; when they cannot start, a warm-up of minutes would be in vain */
    private PolicyBundle basePolicy(CompletableFuture<LocalServices> starting) throws IOException {
        if (!Files.exists(directory.basePolicy())) {
            WarmUp warmUp =
                    new WarmUp(config.policy(), config.warmUp(), config.run().seed());
            PolicyFiles.save(directory.basePolicy(), warmUp.run((step, steps, loss) -> {
                requireGoOn();
                if (starting.isCompletedExceptionally()) {
                    started(starting);
                }
                console.warmUp(step, steps, loss);
            }));
        }
        return PolicyFiles.load(directory.basePolicy());
    }

    private Evaluation evaluate(PolicyBundle policy, Weights weights, PolicyTokenizer tokenizer) {
        var evaluator = new Evaluator(
                config.evaluation(),
                context.heldOut(),
                tokenizer,
                context.rewards(),
                Identity.seed(config.run().seed(), "evaluation"));
        return evaluator.evaluate(policy.config(), weights, (graded, of) -> requireGoOn());
    }

    private static String describe(Evaluation evaluation) {
        return String.format(
                java.util.Locale.ROOT,
                "pass@1 %.1f%%, language consistency %.1f%% (%,d completions of held-out problems, temperature %.1f)",
                100 * evaluation.passAt1(),
                100 * evaluation.languageConsistency(),
                evaluation.completions(),
                evaluation.temperature());
    }

    /** @throws RunFailure when a problem does not leave the policy room to answer it, in any stage */
    private void requireRoomForProblems(PolicyBundle base, PolicyTokenizer tokenizer) {
        Curriculum curriculum = config.job().stages();
        int longest = IntStream.rangeClosed(1, curriculum.size())
                .map(number -> curriculum.stage(number).maximumNewTokens())
                .max()
                .orElseThrow();
        int positions = base.config().maximumPositions();
        context.training().problems().forEach(problem -> {
            int length = tokenizer.encode(problem.text()).length;
            if (length + longest > positions) {
                throw new RunFailure("problem " + problem.id() + " has " + length + " tokens, which with " + longest
                        + " new ones (pipeline.scheduling.maximum-new-tokens, or that of a stage) exceed the policy's "
                        + positions + " positions");
            }
        });
    }

    /** Runs the job until its last step is committed and returns the weights of that step. */
    private Weights reinforce(LocalServices services, PolicyBundle base, PolicyTokenizer tokenizer) {
        KafkaSettings kafka = services.kafka();
        LocalFlink flink = services.flink();
        var snapshot = directory.newestSnapshot();
        snapshot.ifPresent(
                path -> console.say("resuming", "from %s", directory.root().relativize(path)));
        JobID jobId = services.train(config, snapshot);
        if (state.trainingStartedAt() == 0) {
            state = state.withTrainingStartedAt(System.currentTimeMillis());
            state.save(directory.state());
        }
        config.metrics().place().ifPresent(place -> console.say("Prometheus", "%s", place));
        console.say("Flink UI", "%s/#/job/running/%s/overview", flink.webAddress(), jobId);

        CompletableFuture<JobResult> end = flink.result(jobId);
        try (ProcessMetrics metrics =
                        ProcessMetrics.open(config.metrics(), config.flink().properties());
                RunPage page = RunPage.of(config, directory, services, tokenizer);
                LocalGenerator generator = LocalGenerator.start(
                        GeneratorParts.of("generator-1", config, directory, kafka, base, tokenizer, metrics));
                TrainingMonitor monitor = new TrainingMonitor(kafka, directory, state.trainingStartedAt())) {
            page.announce(console);
            Step last = watchEvaluated(services, monitor, generator, end, base, tokenizer);
            flink.stopWithSavepoint(jobId, directory.savepoints());
            return CommittedWeights.of(last, kafka, config.weights(), base.config());
        } catch (CancellationException e) {
            flink.cancel(jobId);
            throw e;
        }
    }

    private Step watchEvaluated(
            LocalServices services,
            TrainingMonitor monitor,
            LocalGenerator generator,
            CompletableFuture<JobResult> end,
            PolicyBundle base,
            PolicyTokenizer tokenizer) {
        Optional<LocalEvaluator> evaluator =
                LocalEvaluator.start(config, directory, services.kafka(), base.config(), tokenizer);
        try {
            return watch(services, monitor, generator, evaluator, end);
        } finally {
            evaluator.ifPresent(LocalEvaluator::close);
        }
    }

    private Step watch(
            LocalServices services,
            TrainingMonitor monitor,
            LocalGenerator generator,
            Optional<LocalEvaluator> evaluator,
            CompletableFuture<JobResult> end) {
        long steps = config.training().maximumSteps();
        long begun = Fork.beginning(directory.fork());
        int stages = config.curriculum().stages().size();
        while (true) {
            requireGoOn();
            for (Step step : monitor.poll(generator.statistics())) {
                double elapsed = (step.getFinishedAt() - state.trainingStartedAt()) / 1e3;
                console.step(step, begun, steps, stages, elapsed, generator.statistics());
                if (step.getStep() >= steps) {
                    return step;
                }
            }
            evaluator.ifPresent(running -> running.poll().forEach(console::evaluation));
            services.requireHealthy();
            generator.failure().ifPresent(failure -> {
                throw new RunFailure("the generator failed: " + failure.getMessage(), failure);
            });
            if (end.isDone()) {
                throw jobFailure(end);
            }
        }
    }

    private static RunFailure jobFailure(CompletableFuture<JobResult> end) {
        Throwable cause = end.handle(LocalRun::causeOf).join();
        return new RunFailure("the Flink job failed: " + RunFailure.rootOf(cause), cause);
    }

    private static Throwable causeOf(JobResult result, Throwable failure) {
        if (failure != null) {
            return failure;
        }
        if (result.getSerializedThrowable().isPresent()) {
            return result.getSerializedThrowable().get().deserializeError(LocalRun.class.getClassLoader());
        }
        return new IllegalStateException("it ended before its last step");
    }

    private void finish(PolicyBundle base, Weights weights, PolicyTokenizer tokenizer) throws IOException {
        Evaluation trained = evaluate(base, weights, tokenizer);
        DirectoryTree.deleteIfPresent(directory.trainedPolicy());
        PolicyFiles.save(directory.trainedPolicy(), base.with(weights));
        Summary summary = new Summary(
                config.run().seed(),
                config.training().maximumSteps(),
                seconds(),
                Summary.Score.of(state.base()),
                Summary.Score.of(trained));
        summary.write(directory.summary());
        Path report = HtmlReport.write(directory.root());
        console.result(state.base(), trained);
        console.say("policy", "%s (Hugging Face layout)", directory.trainedPolicy());
        console.say("report", "%s", report);
    }
}
