package io.tramontane.jobs.commands;

import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dataset that a command writes from another one.
 *
 * @param file JSON Lines
 * @param beside what was found out, as JSON Lines
 */
record DatasetOutput(Path file, Path beside) {

    /** {@code curated.jsonl} has {@code curated.dropped.jsonl}. */
    static DatasetOutput at(Path file, String kind) {
        String name = file.toAbsolutePath().getFileName().toString();
        String stem = name.endsWith(".jsonl") ? name.substring(0, name.length() - ".jsonl".length()) : name;
        return new DatasetOutput(file, file.resolveSibling(stem + "." + kind + ".jsonl"));
    }

    /**
     * The dataset read from must not be overwritten, nor gain the files written here.
     *
     * @throws RunFailure when it would
     */
    void requireApart(DatasetSettings settings) {
        if (settings.source() == DatasetSettings.Source.WORD_PROBLEMS) {
            return;
        }
        Path source = settings.path().toAbsolutePath().normalize();
        for (Path written : List.of(file, beside)) {
            Path absolute = written.toAbsolutePath().normalize();
            if (absolute.equals(source) || absolute.getParent().equals(source)) {
                throw new RunFailure("--output: " + written + " would become part of the dataset " + settings.path()
                        + "; choose another place");
            }
        }
    }

    void write(Stream<String> rows, Stream<String> found) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFile.writeLines(beside, found);
        AtomicFile.writeLines(file, rows);
    }
}
