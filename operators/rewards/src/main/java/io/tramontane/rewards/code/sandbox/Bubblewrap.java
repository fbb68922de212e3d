package io.tramontane.rewards.code.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line of bubblewrap. */
final class Bubblewrap {

    static final Path BOX = Path.of("/box");
    static final Path SCRATCH = Path.of("/tmp");

    /** Where our own files and folders are seen: their own place may lie below a folder that is empty inside. */
    private static final Path OURS = Path.of("/tramontane");

    /** Sources and executables; the compiler's output has a limit of its own. */
    private static final long BOX_BYTES = 256_000_000;

    /** Any id but root's: the host's user is mapped to it, and nobody else exists inside. */
    private static final String INNER_ID = "1000";

    private Bubblewrap() {}

    /** Where it is installed. */
    static Optional<Path> executable() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, "bwrap"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where one of our own files or folders is seen. */
    static Path inside(Path ours) {
        return OURS.resolve(ours.getFileName());
    }

    /**
     * Everything up to the command that is to run inside.
     *
     * @param readable paths that are seen read-only where they are; those that do not exist are left out
     * @param ours paths that are seen read-only {@link #inside} a folder of their own
     */
    static List<String> command(List<String> readable, List<Path> ours, long scratchBytes) throws SandboxException {
        Path executable = executable().orElseThrow(() -> new SandboxException("bwrap is not installed"));
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--unshare-user",
                "--unshare-pid",
                "--unshare-net",
                "--unshare-ipc",
                "--unshare-uts",
                "--unshare-cgroup",
                "--uid",
                INNER_ID,
                "--gid",
                INNER_ID,
                "--hostname",
                "sandbox",
                "--new-session",
                "--die-with-parent",
                // The runner must be the first process: nobody inside can signal that one, and all die with it.
                "--as-pid-1",
                "--clearenv",
                "--cap-drop",
                "ALL",
                // Lets the runner mount within its own namespace; programs start without any capability.
                "--cap-add",
                "CAP_SYS_ADMIN"));
        command.addAll(List.of("--size", Long.toString(BOX_BYTES), "--tmpfs", BOX.toString()));
        command.addAll(List.of("--size", Long.toString(scratchBytes), "--tmpfs", SCRATCH.toString()));
        for (String path : readable) {
            command.addAll(mount(Path.of(path)));
        }
        for (Path path : ours) {
            command.addAll(List.of("--ro-bind", path.toString(), inside(path).toString()));
        }
        for (String device : List.of("/dev/null", "/dev/urandom")) {
            command.addAll(List.of("--dev-bind", device, device));
        }
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/", "--"));
        return command;
    }

    private static List<String> mount(Path path) throws SandboxException {
        try {
            if (Files.isSymbolicLink(path)) {
                return List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString());
            }
            return Files.exists(path) ? List.of("--ro-bind", path.toString(), path.toString()) : List.of();
        } catch (IOException e) {
            throw new SandboxException("cannot read the link " + path, e);
        }
    }
}
