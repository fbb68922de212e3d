package io.tramontane.jobs.kernel.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.stream.Stream;

/** Files of which a reader finds the old content or the new one, whatever happens to the writer. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes to a temporary name beside the file, then moves; UTF-8. */
    public static void write(Path file, String content) throws IOException {
        Path temporary = temporary(file);
        Files.writeString(temporary, content);
        move(temporary, file);
    }

    /** The same for lines that are made one by one; each ends in a line feed. */
    public static void writeLines(Path file, Stream<String> lines) throws IOException {
        Path temporary = temporary(file);
        try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
            for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
                writer.append(line.next()).append('\n');
            }
        }
        move(temporary, file);
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    private static void move(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
