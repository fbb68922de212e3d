package io.tramontane.jobs.kernel.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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

    /**
     * What makes the content of a file.
     *
     * @param <T> what it says of it
     */
    @FunctionalInterface
    public interface Content<T> {

        /** Writes all of it. */
        T writeTo(Writer writer) throws IOException;
    }

    /**
     * The same for content that may fail on the way: nothing is left of it then. Text that is no Unicode, as half a
     * surrogate pair, is written with replacements.
     */
    public static <T> T writeAll(Path file, Content<T> content) throws IOException {
        Path temporary = temporary(file);
        try {
            T result;
            // Not Files.newBufferedWriter: that one fails on half a surrogate pair, which JSON can express.
            try (Writer writer = new BufferedWriter(
                    new OutputStreamWriter(Files.newOutputStream(temporary), StandardCharsets.UTF_8))) {
                result = content.writeTo(writer);
            }
            move(temporary, file);
            return result;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Refuses an output that cannot be one.
     *
     * @param output to be written
     * @param input that it is made of, and must not replace
     * @param content what is written, for the message: {@code verdicts}
     * @throws IOException when it is a folder or the input
     */
    public static void check(Path output, Path input, String content) throws IOException {
        if (Files.isDirectory(output)) {
            throw new IOException(output + ": is a folder; " + content + " are written into a file");
        }
        if (Files.exists(output) && Files.exists(input) && Files.isSameFile(input, output)) {
            throw new IOException(output + ": is the input; choose another file for the " + content);
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    private static void move(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
