package io.tramontane.rewards.code.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox of this machine: finds out once which isolation works here and opens sessions of it.
 *
 * <p>Three walls, whatever the isolation: an unprivileged user (one of its own for each session when we are root), the
 * isolation itself, and inside it the runner's limits and filter of system calls. Thread-safe.
 */
public final class Sandbox implements SessionFactory {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    /** What compilers and interpreters need; what is missing on a system is left out. */
    private static final List<String> SYSTEM = List.of(
            "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/ld.so.cache");

    private static final RunLimits PROBE_LIMITS =
            new RunLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 64_000_000, 1_000_000, 1_000, 1_000, 4);

    private static final AtomicLong BOXES = new AtomicLong();

    private final SandboxSettings settings;
    private final WorkFolder work;
    private final Runner runner;
    /** Of the runner itself and of our caller. */
    private final List<Path> ours;

    private final Optional<UserIds> users;
    private final Isolation isolation;

    private Sandbox(Isolation isolation, SandboxSettings settings, WorkFolder work, Runner runner, List<Path> ours)
            throws IOException {
        this.isolation = isolation;
        this.settings = settings;
        this.work = work;
        this.runner = runner;
        this.ours = ours;
        users = WorkFolder.userId() == 0 ? Optional.of(new UserIds(work)) : Optional.empty();
    }

    /**
     * The sandbox with the wanted isolation, or the best that works here, which a line of the log tells.
     *
     * @param wanted {@link Isolation#AUTOMATIC} never chooses {@link Isolation#UNSAFE}
     * @param more further files and folders of Tramontane that programs may read, {@link #inside} the sandbox
     * @throws SandboxException if none works; the message says why and what to do
     */
    public static Sandbox choose(Isolation wanted, SandboxSettings settings, WorkFolder work, List<Path> more)
            throws SandboxException, InterruptedException {
        Runner runner = Runner.in(work, settings.runnerCompiler());
        List<Path> ours = new ArrayList<>(List.of(runner.path()));
        ours.addAll(more);
        List<Isolation> candidates =
                wanted == Isolation.AUTOMATIC ? List.of(Isolation.BUBBLEWRAP, Isolation.LANDLOCK) : List.of(wanted);
        List<String> failures = new ArrayList<>();
        for (Isolation candidate : candidates) {
            Sandbox sandbox;
            try {
                sandbox = new Sandbox(candidate, settings, work, runner, ours);
            } catch (IOException e) {
                throw new SandboxException("no users for programs: " + e.getMessage(), e);
            }
            Optional<String> failure = sandbox.probe();
            if (failure.isEmpty()) {
                sandbox.report(failures);
                return sandbox;
            }
            failures.add(candidate.name().toLowerCase(Locale.ROOT) + " does not work here (" + failure.get() + ")");
        }
        throw new SandboxException("programs cannot be isolated: " + String.join("; ", failures)
                + "; see the section Code of operators/rewards/README.md");
    }

    private void report(List<String> failures) {
        String others = failures.isEmpty() ? "" : ", since " + String.join("; ", failures);
        String user = users.isPresent() ? "a user of its own for each" : "our own user " + WorkFolder.userId();
        switch (isolation) {
            case BUBBLEWRAP ->
                LOG.info(
                        "Programs run under bubblewrap, as {}, with a filter of system calls{}{}",
                        user,
                        runner.landlockVersion() > 0 ? " and Landlock" : "",
                        others);
            case LANDLOCK ->
                LOG.info(
                        "Programs run under Landlock {}, as {}, with a filter of system calls{}",
                        runner.landlockVersion(),
                        user,
                        others);
            default -> LOG.warn("Programs run WITHOUT ISOLATION, as {}: reward.code.isolation is unsafe", user);
        }
    }

    /** Why a session of the isolation does not work, if it does not: the runner runs itself in it. */
    private Optional<String> probe() {
        if (isolation == Isolation.LANDLOCK && runner.landlockVersion() == 0) {
            return Optional.of("the kernel has no Landlock");
        }
        if (isolation == Isolation.BUBBLEWRAP && Bubblewrap.executable().isEmpty()) {
            return Optional.of("bwrap is not installed");
        }
        try (SandboxSession session = open()) {
            session.put("probe", new byte[0]);
            session.lock();
            RunResult result = session.run(new RunRequest(
                    RunRequest.Policy.PROGRAM,
                    List.of(inside(runner.path()).toString(), "landlock"),
                    List.of(),
                    new byte[0],
                    PROBE_LIMITS));
            return result.succeeded()
                    ? Optional.empty()
                    : Optional.of("a first program ended with " + result.ending() + " " + result.code() + " "
                            + new String(result.error(), StandardCharsets.UTF_8).strip());
        } catch (SandboxException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The isolation that was chosen, never {@link Isolation#AUTOMATIC}. */
    public Isolation isolation() {
        return isolation;
    }

    /** Where one of our own files or folders, known since the beginning, is seen by programs. */
    public Path inside(Path ours) {
        return isolation == Isolation.BUBBLEWRAP ? Bubblewrap.inside(ours) : ours;
    }

    private List<String> readable() {
        return Stream.concat(SYSTEM.stream(), settings.readable().stream()).toList();
    }

    @Override
    public SandboxSession open() throws SandboxException {
        return open(List.of());
    }

    /**
     * A session whose CPU time, that of all its processes together, is written to a file in microseconds at its end.
     */
    public SandboxSession openMeasured(Path file) throws SandboxException {
        return open(List.of(runner.path().toString(), "measure", file.toString()));
    }

    /** Runs a command on the host without any isolation and writes its CPU time to a file, as for a session. */
    public List<String> measured(Path file, List<String> command) {
        List<String> measured = new ArrayList<>(List.of(runner.path().toString(), "measure", file.toString()));
        measured.addAll(command);
        return measured;
    }

    private SandboxSession open(List<String> prefix) throws SandboxException {
        Resources held = new Resources();
        try {
            List<String> command = new ArrayList<>(prefix);
            Path box = isolation == Isolation.BUBBLEWRAP
                    ? Bubblewrap.BOX
                    : hold(held, work.boxName(BOXES.incrementAndGet()));
            if (users.isPresent()) {
                UserIds.Lease user = users.get().lease();
                held.lease = Optional.of(user);
                command.addAll(List.of(
                        runner.path().toString(),
                        "launch",
                        Integer.toString(user.id()),
                        Integer.toString(user.id()),
                        isolation == Isolation.BUBBLEWRAP ? "-" : box.toString()));
            } else if (isolation != Isolation.BUBBLEWRAP) {
                Files.createDirectory(
                        box, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (isolation == Isolation.BUBBLEWRAP) {
                command.addAll(Bubblewrap.command(readable(), ours, settings.scratchBytes()));
            }
            command.addAll(serve(box));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.directory(work.path().toFile());
            return new SandboxSession(builder.start(), box, held);
        } catch (IOException e) {
            held.close();
            if (e instanceof SandboxException known) {
                throw known;
            }
            throw new SandboxException("the sandbox does not start: " + e.getMessage(), e);
        }
    }

    private static Path hold(Resources held, Path box) {
        held.box = Optional.of(box);
        return box;
    }

    private List<String> serve(Path box) {
        List<String> command =
                new ArrayList<>(List.of(inside(runner.path()).toString(), "serve", "--box", box.toString()));
        if (isolation == Isolation.BUBBLEWRAP) {
            command.addAll(List.of(
                    "--scratch",
                    Bubblewrap.SCRATCH.toString(),
                    "--scratch-bytes",
                    settings.scratchBytes().toString(),
                    "--mounts"));
        }
        if (isolation == Isolation.BUBBLEWRAP || users.isPresent()) {
            command.add("--alone");
        }
        if (users.isEmpty()) {
            command.add("--shared-user");
        }
        if (isolation != Isolation.UNSAFE) {
            command.add("--filter");
            if (runner.landlockVersion() > 0) {
                command.add("--landlock");
            }
            readable().forEach(path -> command.addAll(List.of("--read", path)));
            ours.forEach(path -> command.addAll(List.of("--read", inside(path).toString())));
        }
        return command;
    }

    /** What a session holds on the host. */
    private static final class Resources implements AutoCloseable {
        private Optional<Path> box = Optional.empty();
        private Optional<UserIds.Lease> lease = Optional.empty();

        @Override
        public void close() {
            try {
                if (box.isPresent()) {
                    WorkFolder.delete(box.get());
                }
                if (lease.isPresent()) {
                    lease.get().close();
                }
            } catch (IOException e) {
                LOG.warn("A sandbox has left something behind", e);
            }
        }
    }
}
