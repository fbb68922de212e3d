package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The {@link HeldOut} scores of a run in progress. The files are read again only when an evaluation has been added: who
 * looks at the run page asks every second. Thread-safe.
 */
public final class HeldOutWatch implements Supplier<ArrayNode> {

    private final Path directory;
    private long readBytes;
    private ArrayNode scores = JsonNodeFactory.instance.arrayNode();

    /** @param directory the run's folder */
    public HeldOutWatch(Path directory) {
        this.directory = directory;
    }

    /**
     * What there is now; not to be changed.
     *
     * @throws UncheckedIOException when a file cannot be read
     */
    @Override
    public synchronized ArrayNode get() {
        try {
            Path evaluations = RunFiles.evaluationsFile(directory);
            long bytes = Files.exists(evaluations) ? Files.size(evaluations) : 0;
            if (bytes != readBytes) {
                scores = HeldOut.of(RunFiles.base(directory), RunFiles.evaluations(directory), Optional.empty());
                readBytes = bytes;
            }
            return scores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
