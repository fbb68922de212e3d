package io.tramontane.jobs.page.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The output folder of comparisons: runs, replays of recorded runs, and what is written about them.
 *
 * @param root may not exist yet
 */
public record ComparisonFolder(Path root) {

    private static final String REPLAYS = "replays-of-";

    /** The id of the run of a variant and a seed, and the name of its folder. */
    String runId(Variant variant, long seed) {
        return slug(variant) + "-seed-" + seed;
    }

    Path run(Variant variant, long seed) {
        return root.resolve(runId(variant, seed));
    }

    /** The folder of a copy of the recorded run's figures: {@code summary.json} and {@code metrics.jsonl}. */
    public Path recorded(String id) {
        // No variant's name becomes one with this character.
        return replays(id).resolve("recorded_run");
    }

    /** The folder of one replay of the recorded run. */
    public Path replay(String recordedId, Variant variant) {
        return replays(recordedId).resolve(slug(variant));
    }

    private Path replays(String recordedId) {
        return root.resolve(REPLAYS + recordedId);
    }

    /** Recorded runs of which there are replays, in alphabetical order. */
    List<String> recordedRuns() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(REPLAYS))
                    .map(name -> name.substring(REPLAYS.length()))
                    .filter(id -> finished(recorded(id)))
                    .sorted()
                    .toList();
        }
    }

    /** The page with the curves. */
    Path page() {
        return root.resolve("comparison.html");
    }

    /** The table of figures, in Markdown. */
    Path table() {
        return root.resolve("comparison.md");
    }

    /** Whether the folder is that of a run or a replay that has ended: its summary is written last. */
    public static boolean finished(Path folder) {
        return Files.exists(folder.resolve("summary.json"));
    }

    private static String slug(Variant variant) {
        return variant.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
