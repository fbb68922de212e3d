package io.tramontane.jobs.page.comparison;

import io.tramontane.jobs.kernel.files.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the main job once for every variant and seed, one after the other and each in a process of its own (two at a
 * time would share the cores and spoil the timing), and sets the results side by side.
 */
public final class Comparison {

    private final Suite suite;
    private final List<Long> seeds;
    private final List<String> commonArguments;
    private final ComparisonFolder folder;
    private final double rewardThreshold;

    /**
     * @param commonArguments options of {@code run} that all runs share
     * @param output a folder for the runs; those that are finished in it already are not run again
     */
    public Comparison(
            Suite suite, List<Long> seeds, List<String> commonArguments, Path output, double rewardThreshold) {
        this.suite = suite;
        this.seeds = List.copyOf(seeds);
        this.commonArguments = List.copyOf(commonArguments);
        this.folder = new ComparisonFolder(output);
        this.rewardThreshold = rewardThreshold;
    }

    /**
     * Runs what is not finished, then says how all of it compares.
     *
     * @param mainClass what {@code java} starts for the command line
     * @throws IOException when a run fails; the message says which one and where its log lies
     */
    public void run(Class<?> mainClass, PrintWriter out) throws IOException, InterruptedException {
        // Seed by seed, so that a machine that slows down meets all variants alike.
        for (long seed : seeds) {
            for (Variant variant : suite.variants()) {
                boolean finished = ComparisonFolder.finished(folder.run(variant, seed));
                out.printf(
                        "%s, seed %d: %s%s%n",
                        variant.name(), seed, folder.run(variant, seed), finished ? " (finished before)" : "");
                out.flush();
                if (!finished) {
                    runOne(mainClass, folder.runId(variant, seed), seed, variant);
                }
            }
        }
        report(out);
    }

    /**
     * Sets what is finished in the folder side by side: live runs of these seeds, and replays of recorded runs.
     *
     * @throws IOException when something in the folder cannot be read or written
     */
    public void report(PrintWriter out) throws IOException {
        Map<Variant, Map<Long, RunOutcome>> live = finishedRuns();
        List<ComparedRuns> lines = ComparedRuns.in(folder, suite, live, rewardThreshold);
        FigureTable figures = new FigureTable(lines);
        out.println();
        if (!live.isEmpty()) {
            out.print(new ComparisonTable(rewardThreshold).render(live));
            out.println();
        }
        out.print(figures.text());
        AtomicFile.write(folder.table(), figures.markdown(suite));
        AtomicFile.write(folder.page(), new ComparisonPage(suite, rewardThreshold).render(live, lines));
        out.printf("%ntable          %s%npage           %s%n", folder.table(), folder.page());
        out.flush();
    }

    /** By variant in the order of the suite, then by seed; without variants that have none. */
    private Map<Variant, Map<Long, RunOutcome>> finishedRuns() throws IOException {
        Map<Variant, Map<Long, RunOutcome>> finished = new LinkedHashMap<>();
        for (Variant variant : suite.variants()) {
            for (long seed : seeds) {
                if (ComparisonFolder.finished(folder.run(variant, seed))) {
                    finished.computeIfAbsent(variant, any -> new LinkedHashMap<>())
                            .put(seed, RunOutcome.read(folder.run(variant, seed), rewardThreshold));
                }
            }
        }
        return finished;
    }

    private void runOne(Class<?> mainClass, String id, long seed, Variant variant)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName(), "run"));
        command.addAll(List.of(
                "--id",
                id,
                "--seed",
                Long.toString(seed),
                "--output",
                folder.root().toString()));
        command.addAll(commonArguments);
        suite.settings().forEach(setting -> command.addAll(List.of("--set", setting)));
        variant.overrides().forEach(override -> command.addAll(List.of("--set", override)));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("the run " + id + " failed with status " + status + "; see "
                    + folder.root().resolve(id).resolve("run.log"));
        }
    }
}
