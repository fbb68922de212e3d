package io.tramontane.jobs.page.comparison;

import io.tramontane.jobs.kernel.files.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
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
    private final Path output;
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
        this.output = output;
        this.rewardThreshold = rewardThreshold;
    }

    /**
     * @param mainClass what {@code java} starts for the command line
     * @throws IOException when a run fails; the message says which one and where its log lies
     */
    public void run(Class<?> mainClass, PrintWriter out) throws IOException, InterruptedException {
        Map<Variant, Map<Long, RunOutcome>> outcomes = new LinkedHashMap<>();
        suite.variants().forEach(variant -> outcomes.put(variant, new LinkedHashMap<>()));
        // Seed by seed, so that a machine that slows down meets all variants alike.
        for (long seed : seeds) {
            for (Variant variant : suite.variants()) {
                String id = slug(variant.name()) + "-seed-" + seed;
                boolean finished = Files.exists(output.resolve(id).resolve("summary.json"));
                out.printf(
                        "%s, seed %d: %s%s%n",
                        variant.name(), seed, output.resolve(id), finished ? " (finished before)" : "");
                out.flush();
                if (!finished) {
                    runOne(mainClass, id, seed, variant);
                }
                outcomes.get(variant).put(seed, RunOutcome.read(output.resolve(id), rewardThreshold));
            }
        }
        out.println();
        out.print(new ComparisonTable(rewardThreshold).render(outcomes));
        out.printf("%npage           %s%n", writePage(outcomes));
        out.flush();
    }

    private Path writePage(Map<Variant, Map<Long, RunOutcome>> outcomes) throws IOException {
        Path page = output.resolve("comparison.html");
        AtomicFile.write(page, new ComparisonPage(suite, rewardThreshold).render(outcomes));
        return page;
    }

    private void runOne(Class<?> mainClass, String id, long seed, Variant variant)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName(), "run"));
        command.addAll(List.of("--id", id, "--seed", Long.toString(seed), "--output", output.toString()));
        command.addAll(commonArguments);
        suite.settings().forEach(setting -> command.addAll(List.of("--set", setting)));
        variant.overrides().forEach(override -> command.addAll(List.of("--set", override)));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("the run " + id + " failed with status " + status + "; see "
                    + output.resolve(id).resolve("run.log"));
        }
    }

    private static String slug(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
