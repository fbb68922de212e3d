package io.tramontane.rewards.code.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Our runner's executable, built from its source by the host's compiler on first use and kept.
 *
 * @param path of the executable
 * @param landlockVersion of the running kernel; 0 if it has no Landlock
 */
record Runner(Path path, int landlockVersion) {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    /**
     * The runner, built if need be.
     *
     * @throws SandboxException if the compiler is missing or fails
     */
    static Runner in(WorkFolder work, String compiler) throws SandboxException, InterruptedException {
        try {
            String source = source();
            String version =
                    HostCommand.run(List.of(compiler, "--version"), PROBE_LIMIT).output();
            Path executable = work.path()
                    .resolve("runner-" + WorkFolder.fingerprint(source, version, System.getProperty("os.arch")));
            if (!works(executable)) {
                build(work, compiler, source, executable);
            }
            HostCommand.Outcome probe = HostCommand.run(List.of(executable.toString(), "landlock"), PROBE_LIMIT);
            return new Runner(executable, Integer.parseInt(probe.firstLine()));
        } catch (IOException | NumberFormatException e) {
            if (e instanceof SandboxException known) {
                throw known;
            }
            throw new SandboxException(
                    "the sandbox's runner could not be built: " + e.getMessage()
                            + " (reward.code.sandbox.runner-compiler must be a C compiler with the C library's headers)",
                    e);
        }
    }

    private static boolean works(Path executable) throws InterruptedException {
        try {
            return Files.isExecutable(executable)
                    && HostCommand.run(List.of(executable.toString(), "landlock"), PROBE_LIMIT)
                                    .code()
                            == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Static, if the compiler can: a static executable starts, and forks, in a third of the time. */
    private static void build(WorkFolder work, String compiler, String source, Path executable)
            throws IOException, InterruptedException {
        Path folder = work.temporary("runner-build-");
        try {
            Path file = Files.writeString(folder.resolve("runner.c"), source);
            Path built = folder.resolve("runner");
            HostCommand.Outcome outcome = compile(compiler, file, built, List.of("-static"));
            if (outcome.code() != 0) {
                outcome = compile(compiler, file, built, List.of());
            }
            if (outcome.code() != 0) {
                throw new SandboxException(
                        "the sandbox's runner could not be built by " + compiler + ": " + outcome.firstLine());
            }
            Files.move(built, executable, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            WorkFolder.delete(folder);
        }
    }

    private static HostCommand.Outcome compile(String compiler, Path source, Path target, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(compiler, "-O2", "-w"));
        command.addAll(more);
        command.addAll(List.of("-o", target.toString(), source.toString()));
        return HostCommand.run(command, BUILD_LIMIT);
    }

    private static String source() throws IOException {
        try (InputStream resource = Runner.class.getResourceAsStream("runner.c")) {
            if (resource == null) {
                throw new IllegalStateException("the runner's source is missing from the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
