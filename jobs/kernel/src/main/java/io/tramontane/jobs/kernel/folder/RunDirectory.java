package io.tramontane.jobs.kernel.folder;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run and what lies where in it. Everything a run keeps is below it, so a run is moved, resumed or
 * deleted by moving, naming or deleting one folder.
 */
public record RunDirectory(Path root) {

    public String id() {
        return root.getFileName().toString();
    }

    /** The whole configuration the run was started with. */
    public Path configuration() {
        return root.resolve("config.yaml");
    }

    /** The logs of the embedded broker. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    public Path savepoints() {
        return root.resolve("savepoints");
    }

    /** The policy after the warm-up, in Hugging Face layout. */
    public Path basePolicy() {
        return root.resolve("base");
    }

    /** What a fork of another run begins with; a run that began with its base policy has none. */
    public Path fork() {
        return root.resolve("fork");
    }

    /** The policy after the last step, in Hugging Face layout. */
    public Path trainedPolicy() {
        return root.resolve("policy");
    }

    /** What a resumed run must know of the processes before it. */
    public Path state() {
        return root.resolve("state.json");
    }

    public Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    public Path rollouts() {
        return root.resolve("rollouts.jsonl");
    }

    /** What the policy scored on held-out problems while it trained, a line for each time. */
    public Path evaluations() {
        return root.resolve("evaluations.jsonl");
    }

    public Path summary() {
        return root.resolve("summary.json");
    }

    public Path report() {
        return root.resolve("report.html");
    }

    /** Where broker and Flink of a run in progress are. */
    public Path services() {
        return root.resolve("services.json");
    }

    public Path log() {
        return root.resolve("run.log");
    }

    /**
     * Claims the folder for this process until it ends; the operating system frees the claim of a process that was
     * killed.
     *
     * @throws RunFailure when another process holds it
     */
    public FileLock claim() {
        return claim(lockFile(), "is in use");
    }

    /**
     * Claims the file of the evaluations in the same way; training may be in another process.
     *
     * @throws RunFailure when another process holds it
     */
    public FileLock claimEvaluations() {
        return claim(root.resolve(".evaluations.lock"), "is evaluated");
    }

    private FileLock claim(Path file, String how) {
        try {
            Files.createDirectories(root);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new RunFailure("run " + id() + " " + how + " by another process (" + root + ")");
            }
            return lock;
        } catch (IOException e) {
            throw new RunFailure("cannot write to the run directory " + root + ": " + e.getMessage(), e);
        }
    }

    /** Gives a claim back. */
    public static void release(FileLock claim) {
        try {
            claim.acquiredBy().close();
        } catch (IOException e) {
            throw new RunFailure("cannot release the run's lock: " + e.getMessage(), e);
        }
    }

    /**
     * Whether another process has the folder now. Asking holds it for an instant. The process that has it must not ask:
     * on POSIX systems closing the file would free its own claim.
     */
    public boolean isClaimed() throws IOException {
        if (!Files.exists(lockFile())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        }
    }

    private Path lockFile() {
        return root.resolve(".lock");
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** The newest completed checkpoint or savepoint: the one to go on from. */
    public Optional<Path> newestSnapshot() {
        return Stream.of(checkpoints(), savepoints())
                .filter(Files::isDirectory)
                .flatMap(RunDirectory::snapshotsBelow)
                .max(Comparator.comparing(RunDirectory::writtenAt));
    }

    private static Stream<Path> snapshotsBelow(Path directory) {
        // Flink writes _metadata last, so a folder that has it is complete.
        try (Stream<Path> files = Files.walk(directory, 4)) {
            return files
                    .filter(file -> file.getFileName().toString().equals("_metadata"))
                    .map(Path::getParent)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.nio.file.attribute.FileTime writtenAt(Path snapshot) {
        try {
            return Files.getLastModifiedTime(snapshot.resolve("_metadata"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
