package io.tramontane.jobs.commands;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.LocalEvaluator;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Evaluates a run that other processes train, as long as they do. */
final class EvaluationFollowing {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final RunConsole console;

    /** @param config of the run in {@code directory} */
    EvaluationFollowing(TramontaneConfig config, RunDirectory directory, RunConsole console) {
        this.config = config;
        this.directory = directory;
        this.console = console;
    }

    /**
     * Returns after the run's last step, or when it is interrupted.
     *
     * @throws RunFailure when the run evaluates itself, is evaluated already, or its weights cannot be received
     */
    void run() throws IOException, InterruptedException {
        if (config.kafka().embedded()) {
            throw new RunFailure("run " + directory.id() + " has its broker in its own process, which evaluates"
                    + " beside training itself (evaluation.periodic.every-steps)");
        }
        if (config.evaluation().periodic().everySteps() == 0) {
            throw new RunFailure("evaluation.periodic.every-steps is 0; say how often to measure, for example --set"
                    + " evaluation.periodic.every-steps=10");
        }
        PolicyBundle base = PolicyFiles.load(directory.basePolicy());
        CountDownLatch stop = new CountDownLatch(1);
        Interruption interruption = Interruption.stoppingBy(stop::countDown);
        try (PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(directory.basePolicy());
                LocalEvaluator evaluator = LocalEvaluator.start(
                                config, directory, config.kafka(), base.config(), tokenizer)
                        .orElseThrow()) {
            console.say("following", "run %s, results in %s", directory.id(), directory.evaluations());
            boolean ended = false;
            while (!ended && !stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                ended = evaluator.ended();
                evaluator.poll().forEach(console::evaluation);
            }
            if (evaluator.failure().isPresent()) {
                Throwable failure = evaluator.failure().get();
                throw new RunFailure("the evaluation failed: " + RunFailure.rootOf(failure), failure);
            }
        } finally {
            interruption.close();
        }
    }
}
