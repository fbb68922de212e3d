package io.tramontane.jobs.replay;

import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.replay.TrainingReplay.ReplayedStep;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.LocalServices;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A replay from the command line: runs it, says what came out, and leaves pages and files. Used by one thread. */
public final class ReplayRun {

    private final TramontaneConfig config;
    private final Map<String, String> changed;
    private final ReplayDirectory directory;
    private final RunConsole console;

    /**
     * @param original the run's own settings
     * @param config the settings of the replay
     * @param name of the replay
     */
    public ReplayRun(
            TramontaneConfig original, TramontaneConfig config, RunDirectory run, String name, RunConsole console) {
        this.config = config;
        this.changed = changes(original, config);
        this.directory = new ReplayDirectory(run, name);
        this.console = console;
    }

    private static Map<String, String> changes(TramontaneConfig original, TramontaneConfig config) {
        Map<String, String> before = ConfigWriter.flat(original);
        Map<String, String> changed = new TreeMap<>();
        ConfigWriter.flat(config).forEach((key, value) -> {
            if (!value.equals(before.get(key)) && !key.startsWith("run.")) {
                changed.put(key, value);
            }
        });
        return changed;
    }

    /** Replays the rewards of a part of the run. */
    public void rewards(RewardReplay.Part part) throws IOException, InterruptedException {
        announce("rewards");
        FileLock claim = directory.run().claim();
        try (LocalServices services = LocalServices.start(config, directory.run())) {
            var replay = new RewardReplay(config, directory.run().id(), directory);
            RewardReplay.Result result = replay.run(services, part);
            console.print(RewardReport.of(result));
            AtomicFile.write(directory.page(), ReplayPage.ofRewards(directory, changed, result));
        } finally {
            claim.acquiredBy().close();
        }
        console.say("changed", "%s", directory.changes());
        console.say("page", "%s", directory.page());
    }

    /**
     * Replays the training.
     *
     * @param rewardsOf name of a replay whose rewards are trained on; empty for the run's own
     * @param last the last step
     * @param evaluate whether the policy at the end is measured beside the run's
     * @return false when nothing was changed and yet the weights are not the recorded ones
     */
    public boolean training(Optional<String> rewardsOf, long last, boolean evaluate) throws IOException {
        announce("training");
        TrainingReplay.Result result;
        try (RunKafka kafka = RunKafka.open(config, directory.run())) {
            String groupsRun = rewardsOf
                    .map(name -> new ReplayDirectory(directory.run(), name).id())
                    .orElse(directory.run().id());
            result = new TrainingReplay(config, directory.run())
                    .run(kafka.settings(), groupsRun, last, (step, of) -> progress(step, of));
        }
        boolean unchanged = changed.isEmpty() && rewardsOf.isEmpty();
        String verdict = verdict(result);
        console.say(result.firstDifference().isEmpty() ? "bit-identical" : "differs", "%s", verdict);
        AtomicFile.writeLines(directory.metrics(), ReplayMetrics.lines(result));
        PolicyBundle base = PolicyFiles.load(directory.run().basePolicy());
        if (!Files.exists(directory.policy())) {
            PolicyFiles.save(directory.policy(), base.with(result.state().weights()));
        }
        if (evaluate) {
            evaluate(result.state().weights());
        }
        AtomicFile.write(directory.page(), ReplayPage.ofTraining(directory, changed, result, verdict));
        console.say("policy", "%s (Hugging Face layout)", directory.policy());
        console.say("page", "%s", directory.page());
        return !unchanged || result.firstDifference().isEmpty();
    }

    private void announce(String what) throws IOException {
        Files.createDirectories(directory.root());
        AtomicFile.write(directory.configuration(), ConfigWriter.toYaml(config));
        console.say("replay", "%s of %s", what, directory.run().root());
        changed.forEach((key, value) -> console.say("changed", "%s: %s", key, value));
    }

    private void progress(ReplayedStep step, int of) {
        long number = step.recorded().getStep();
        if (number % 10 == 0 || number == of) {
            console.say("step", "%d/%d  weights %s", number, of, step.identical() ? "as recorded" : "differ");
        }
    }

    private static String verdict(TrainingReplay.Result result) {
        int steps = result.steps().size();
        Optional<ReplayedStep> difference = result.firstDifference();
        if (difference.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d steps have the recorded weights hash; trained in %.1f s",
                    steps,
                    steps,
                    result.seconds());
        }
        ReplayedStep first = difference.get();
        return String.format(
                Locale.ROOT,
                "from step %d on: recorded %.12s, replayed %.12s%s; trained in %.1f s",
                first.recorded().getStep(),
                first.recorded().getWeightsHash(),
                first.weightsHash(),
                result.differing().isEmpty()
                        ? ""
                        : ", in " + result.differing().size() + " tensors, first "
                                + result.differing().get(0),
                result.seconds());
    }

    private void evaluate(Weights replayed) throws IOException {
        try (ReplayEvaluation evaluation = new ReplayEvaluation(config, directory.run())) {
            Path trained = directory.run().trainedPolicy();
            if (Files.exists(trained)) {
                say("run", evaluation.of(PolicyFiles.load(trained).weights()));
            }
            say("replay", evaluation.of(replayed));
        }
    }

    private void say(String label, Evaluation evaluation) {
        console.say(
                label,
                "pass@1 %.1f%% [%.1f%%, %.1f%%], language consistency %.1f%%, %.1f tokens (%,d held-out completions)",
                100 * evaluation.passAt1(),
                100 * evaluation.confidenceLow(),
                100 * evaluation.confidenceHigh(),
                100 * evaluation.languageConsistency(),
                evaluation.meanTokens(),
                evaluation.completions());
    }
}
