package io.tramontane.jobs.replay;

import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.page.comparison.ComparisonFolder;
import io.tramontane.jobs.page.comparison.Variant;
import io.tramontane.jobs.page.report.Summary;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trains a recorded run again for every variant of a suite, without generators, and measures each policy at its end.
 *
 * <p>A replay is made under another name and moved when it is complete, so what a killed process leaves is made again,
 * and what is there is not. Used by one thread.
 */
public final class SuiteReplay {

    private final TramontaneConfig original;
    private final RunDirectory run;
    private final Map<Variant, TramontaneConfig> configs;
    private final ComparisonFolder folder;

    /**
     * @param original the run's settings
     * @param configs those of the variants, by {@link RecordedSuite}
     * @param folder the output folder
     */
    public SuiteReplay(
            TramontaneConfig original,
            RunDirectory run,
            Map<Variant, TramontaneConfig> configs,
            ComparisonFolder folder) {
        this.original = original;
        this.run = run;
        this.configs = configs;
        this.folder = folder;
    }

    /**
     * Makes the replays that are not there yet, one after the other.
     *
     * @throws ReplayException when the run is not finished or its topics do not hold what is needed, or when the folder
     *     has replays of another run of this name or with other settings
     * @throws IOException when something cannot be read or written
     */
    public void run(PrintWriter out) throws IOException {
        Summary recorded = copyFigures();
        List<Variant> missing = new ArrayList<>();
        for (Variant variant : configs.keySet()) {
            boolean finished = isFinished(variant);
            out.printf(
                    "%s, replay of %s: %s%s%n",
                    variant.name(), run.id(), folder.replay(run.id(), variant), finished ? " (finished before)" : "");
            if (!finished) {
                missing.add(variant);
            }
        }
        out.flush();
        if (missing.isEmpty()) {
            return;
        }
        try (RunKafka kafka = RunKafka.open(original, run);
                ReplayEvaluation evaluation = new ReplayEvaluation(original, run)) {
            for (Variant variant : missing) {
                make(variant, kafka, evaluation, recorded, out);
            }
        }
    }

    /** What the recorded run is shown by, also where its folder is not. */
    private Summary copyFigures() throws IOException {
        if (!Files.exists(run.summary())) {
            throw new ReplayException("run " + run.id() + " is not finished (it has no summary.json); go on with it:"
                    + " run --resume " + run.id());
        }
        Path copy = folder.recorded(run.id());
        Path metrics = copy.resolve(run.metrics().getFileName());
        Path summary = copy.resolve(run.summary().getFileName());
        String figures = Files.readString(run.metrics());
        if (ComparisonFolder.finished(copy) && !Files.readString(metrics).equals(figures)) {
            throw new ReplayException(copy.getParent() + " has replays of another run " + run.id()
                    + ", or of fewer steps of it; delete the folder, or choose another with --output");
        }
        Files.createDirectories(copy);
        AtomicFile.write(metrics, figures);
        AtomicFile.write(summary, Files.readString(run.summary()));
        return Summary.read(run.summary());
    }

    private boolean isFinished(Variant variant) throws IOException {
        RunDirectory replay = new RunDirectory(folder.replay(run.id(), variant));
        if (!isWhole(replay)) {
            return false;
        }
        Map<String, String> wanted = ConfigWriter.flat(configs.get(variant));
        Map<String, String> made = ConfigWriter.flat(
                TramontaneConfig.loader().stored(replay.configuration()).load());
        wanted.forEach((key, value) -> {
            if (RecordedSuite.isReplayed(key) && !value.equals(made.get(key))) {
                throw new ReplayException(replay.root() + " was made with " + key + " " + made.get(key) + ", not "
                        + value + "; delete the folder, or choose another with --output");
            }
        });
        return true;
    }

    /** Whether everything is there and can be read. */
    private static boolean isWhole(RunDirectory replay) {
        if (!ComparisonFolder.finished(replay.root()) || !Files.exists(replay.configuration())) {
            return false;
        }
        try (Stream<String> lines = Files.lines(replay.metrics())) {
            return lines.count() == Summary.read(replay.summary()).steps();
        } catch (IOException e) {
            return false;
        }
    }

    private void make(Variant variant, RunKafka kafka, ReplayEvaluation evaluation, Summary recorded, PrintWriter out)
            throws IOException {
        Path complete = folder.replay(run.id(), variant);
        RunDirectory unfinished = new RunDirectory(complete.resolveSibling(complete.getFileName() + ".unfinished"));
        DirectoryTree.deleteIfPresent(unfinished.root());
        Files.createDirectories(unfinished.root());
        TramontaneConfig config = configs.get(variant);
        AtomicFile.write(unfinished.configuration(), ConfigWriter.toYaml(config));
        long start = System.nanoTime();
        TrainingReplay.Result result =
                new TrainingReplay(config, run).run(kafka.settings(), run.id(), Long.MAX_VALUE, (step, of) -> {});
        AtomicFile.writeLines(unfinished.metrics(), ReplayMetrics.lines(result));
        PolicyFiles.save(
                unfinished.trainedPolicy(),
                evaluation.base().with(result.state().weights()));
        Summary.Score trained = Summary.Score.of(evaluation.of(result.state().weights()));
        double seconds = (System.nanoTime() - start) / 1e9;
        new Summary(recorded.seed(), result.steps().size(), seconds, recorded.base(), trained)
                .write(unfinished.summary());
        // Damaged, or it would not be made again.
        DirectoryTree.deleteIfPresent(complete);
        Files.move(unfinished.root(), complete, StandardCopyOption.ATOMIC_MOVE);
        out.printf(
                Locale.ROOT,
                "%s: pass@1 %.1f%%, language consistency %.1f%%; trained in %.1f s, with the evaluation %.1f s%n",
                variant.name(),
                100 * trained.pass1(),
                100 * trained.languageConsistency(),
                result.seconds(),
                seconds);
        out.flush();
    }
}
