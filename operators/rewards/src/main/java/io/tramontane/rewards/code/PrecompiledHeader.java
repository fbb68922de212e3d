package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.HostCommand;
import io.tramontane.rewards.code.sandbox.WorkFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code bits/stdc++.h} precompiled for exactly the flags that programs are compiled with.
 *
 * <p>Parsing it takes a compiler two seconds, most of what a typical program costs. The result is kept in the work
 * folder under a name made of the compiler's version and the flags. The compiler itself says whether it takes it; if
 * not, it is made again.
 */
public final class PrecompiledHeader {

    private static final Logger LOG = LoggerFactory.getLogger(PrecompiledHeader.class);

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String INCLUDE = "#include <bits/stdc++.h>\n";
    private static final String FOLDER = "bits";
    private static final String FILE = "stdc++.h.gch";

    private PrecompiledHeader() {}

    /**
     * The folder to be searched for headers first; empty if the compiler cannot precompile, which costs time alone.
     *
     * @throws IOException if the work folder cannot be used
     */
    public static Optional<Path> in(WorkFolder work, CppSettings settings) throws IOException, InterruptedException {
        String compiler = settings.command().get(0);
        String version = HostCommand.run(List.of(compiler, "-v"), LIMIT).output();
        Path folder = work.path()
                .resolve("headers-" + WorkFolder.fingerprint(version, String.join("\0", settings.command())));
        if (isTaken(work, settings, folder)) {
            return Optional.of(folder);
        }
        long start = System.nanoTime();
        Path made = work.temporary("headers-build-");
        try {
            Optional<String> failure = build(settings, made);
            if (failure.isPresent()) {
                LOG.warn("bits/stdc++.h cannot be precompiled: {}", failure.get());
                return Optional.empty();
            }
            replace(work, folder, made);
        } finally {
            WorkFolder.delete(made);
        }
        LOG.info(
                "Precompiled bits/stdc++.h in {} s",
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        return Optional.of(folder);
    }

    /** Whether the header is there and the compiler says, by an exclamation mark, that it has used it. */
    private static boolean isTaken(WorkFolder work, CppSettings settings, Path folder)
            throws IOException, InterruptedException {
        if (!Files.isReadable(folder.resolve(FOLDER).resolve(FILE))) {
            return false;
        }
        Path trial = work.temporary("headers-trial-");
        try {
            Path source = Files.writeString(trial.resolve("trial.cpp"), INCLUDE);
            List<String> command = new ArrayList<>(settings.command());
            command.addAll(List.of("-I", folder.toString(), "-H", "-fsyntax-only", source.toString()));
            HostCommand.Outcome outcome = HostCommand.run(command, LIMIT);
            return outcome.code() == 0 && outcome.output().lines().anyMatch(line -> line.startsWith("! " + folder));
        } finally {
            WorkFolder.delete(trial);
        }
    }

    /** Why it failed, if it did. */
    private static Optional<String> build(CppSettings settings, Path folder) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("all.h"), INCLUDE);
        Path target = Files.createDirectory(folder.resolve(FOLDER)).resolve(FILE);
        List<String> command = new ArrayList<>(settings.command());
        command.addAll(List.of("-x", "c++-header", "-o", target.toString(), source.toString()));
        HostCommand.Outcome outcome = HostCommand.run(command, LIMIT);
        return outcome.code() == 0 ? Optional.empty() : Optional.of(outcome.firstLine());
    }

    /** Puts a new folder in the place of one that may be in use; another process may do the same at the same time. */
    private static void replace(WorkFolder work, Path folder, Path made) throws IOException {
        Path aside = work.temporary("headers-old-");
        try {
            if (Files.exists(folder)) {
                Files.move(folder, aside.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        } finally {
            WorkFolder.delete(aside);
        }
    }
}
