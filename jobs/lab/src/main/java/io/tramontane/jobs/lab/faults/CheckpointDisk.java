package io.tramontane.jobs.lab.faults;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a run's checkpoints, on a small disk of its own where this process may mount one, so that it can be
 * filled without harm to anything else. Used by one thread.
 */
final class CheckpointDisk implements AutoCloseable {

    private static final int MEBIBYTES = 256;
    private static final String AWAY = ".away";
    private static final String FILLER = "filler";

    private final Path checkpoints;
    private final boolean mounted;

    private CheckpointDisk(Path checkpoints, boolean mounted) {
        this.checkpoints = checkpoints;
        this.mounted = mounted;
    }

    /**
     * Before there are checkpoints.
     *
     * @param ofItsOwn whether to try for a disk of its own
     */
    static CheckpointDisk prepare(Path checkpoints, boolean ofItsOwn) throws IOException {
        Files.createDirectories(checkpoints);
        boolean mounted = ofItsOwn
                && succeeds(List.of(
                        "mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "tramontane", checkpoints.toString()));
        return new CheckpointDisk(checkpoints, mounted);
    }

    /** Whether it is a disk of its own, and so can be filled. */
    boolean canBeFilled() {
        return mounted;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        if (!mounted) {
            throw new IllegalStateException("not a disk of its own");
        }
        byte[] zeros = new byte[1 << 20];
        try (OutputStream filler = Files.newOutputStream(checkpoints.resolve(FILLER))) {
            while (true) {
                filler.write(zeros);
            }
        } catch (IOException full) {
            // The rest of the last megabyte, in small pieces.
            try (OutputStream rest = Files.newOutputStream(checkpoints.resolve(FILLER + "-2"))) {
                while (true) {
                    rest.write(zeros, 0, 512);
                }
            } catch (IOException entirelyFull) {
                return;
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(checkpoints.resolve(FILLER));
        Files.deleteIfExists(checkpoints.resolve(FILLER + "-2"));
    }

    /** Puts a file where the newest job's folder was: nothing can be written there, as on a volume that is gone. */
    void takeAway() throws IOException {
        Path folder = newestFolder().orElseThrow(() -> new RunFailure("there is no checkpoint yet"));
        Files.move(folder, folder.resolveSibling(folder.getFileName() + AWAY));
        Files.writeString(folder, "not a folder");
    }

    void bringBack() throws IOException {
        try (Stream<Path> entries = Files.list(checkpoints)) {
            for (Path away : entries.filter(
                            entry -> entry.getFileName().toString().endsWith(AWAY))
                    .toList()) {
                String name = away.getFileName().toString();
                Path folder = away.resolveSibling(name.substring(0, name.length() - AWAY.length()));
                Files.deleteIfExists(folder);
                Files.move(away, folder);
            }
        }
    }

    private Optional<Path> newestFolder() throws IOException {
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.filter(Files::isDirectory).max((one, other) -> {
                try {
                    return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    private static boolean succeeds(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The disk, and the checkpoints on it, are gone; savepoints lie elsewhere. */
    @Override
    public void close() throws IOException {
        if (mounted) {
            succeeds(List.of("umount", "--lazy", checkpoints.toString()));
        }
    }
}
