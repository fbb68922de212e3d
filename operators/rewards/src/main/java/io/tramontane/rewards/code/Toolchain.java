package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.RunRequest;
import io.tramontane.rewards.code.sandbox.RunResult;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.code.sandbox.SandboxSession;
import java.util.List;
import java.util.stream.Stream;

/** Compiles and runs the programs of one language inside a session. Thread-safe. */
public interface Toolchain {

    /** Compiles a source; the result stays in the box. */
    RunResult compile(SandboxSession session, String source) throws SandboxException;

    /** The command that runs the compiled program. */
    List<String> program(SandboxSession session);

    /**
     * The command that calls a function of the compiled program.
     *
     * @throws UnsupportedOperationException if that is impossible in this language
     */
    List<String> function(SandboxSession session);

    /** Environment of compilers and programs: the same on every host. */
    static List<String> environment(SandboxSession session) {
        return List.of(
                "PATH=/usr/bin:/bin",
                "LANG=C.UTF-8",
                "HOME=" + session.box(),
                // One heap for all threads: each further one reserves address space that counts against the limit.
                "MALLOC_ARENA_MAX=1",
                // The same program on the same test must end the same way, whatever order its sets come in.
                "PYTHONHASHSEED=0");
    }

    /** A compiler's run. */
    static RunRequest build(SandboxSession session, List<String> command, CompileSettings settings) {
        return new RunRequest(
                RunRequest.Policy.BUILD,
                command,
                concat(environment(session), "TMPDIR=" + session.box()),
                new byte[0],
                settings.limits());
    }

    private static List<String> concat(List<String> list, String last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
