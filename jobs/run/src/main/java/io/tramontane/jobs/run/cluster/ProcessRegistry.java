package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts processes that outlive this one and finds them again. Each leaves a file with its pid and the moment it began:
 * only a process for which both are right is taken for one of them, since pids are used again.
 *
 * <p>Used by one thread of one process at a time.
 */
final class ProcessRegistry {

    private static final File NOTHING = new File("/dev/null");

    private final Path processes;
    private final Path logs;

    /**
     * @param processes folder for the files that name processes
     * @param logs folder for what they print
     */
    ProcessRegistry(Path processes, Path logs) {
        this.processes = processes;
        this.logs = logs;
    }

    /**
     * Starts the process in a session of its own, so that neither the end of this one nor Ctrl-C reaches it.
     *
     * @param environment variables beyond those of this process
     */
    ProcessHandle start(String name, List<String> command, Map<String, String> environment) {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .redirectInput(Redirect.from(NOTHING))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output(name).toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(processes);
            Files.createDirectories(logs);
            ProcessHandle started = builder.start().toHandle();
            // A process that has ended already has no start any more; it is then found dead, as it is.
            String began = started.info().startInstant().map(Instant::toString).orElse("");
            AtomicFile.write(file(name), started.pid() + " " + began);
            return started;
        } catch (IOException e) {
            throw new RunFailure("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The process of that name if it runs. */
    Optional<ProcessHandle> find(String name) {
        try {
            Path file = file(name);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] fields = Files.readString(file).split(" ", 2);
            return ProcessHandle.of(Long.parseLong(fields[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .startInstant()
                            .map(Instant::toString)
                            .filter(fields[1]::equals)
                            .isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process of that name was ever started and not put away since. */
    boolean isKnown(String name) {
        return Files.exists(file(name));
    }

    /** Every name that was started and not put away since. */
    List<String> names() {
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(processes)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets a process that has ended. */
    void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the process prints to. */
    Path output(String name) {
        return logs.resolve(name + ".out");
    }

    private Path file(String name) {
        return processes.resolve(name);
    }
}
