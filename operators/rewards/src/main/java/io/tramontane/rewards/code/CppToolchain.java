package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.RunResult;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.code.sandbox.SandboxSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** C++ by a compiler of the command line of GCC. */
public final class CppToolchain implements Toolchain {

    private static final String SOURCE = "main.cpp";
    private static final String EXECUTABLE = "main";

    private final CodeSettings settings;
    private final Optional<Path> headers;

    /** @param headers folder with precompiled headers, as the compiler sees it */
    public CppToolchain(CodeSettings settings, Optional<Path> headers) {
        this.settings = settings;
        this.headers = headers;
    }

    @Override
    public RunResult compile(SandboxSession session, String source) throws SandboxException {
        session.put(SOURCE, source.getBytes(StandardCharsets.UTF_8));
        return session.run(
                Toolchain.build(session, command(settings.cpp(), headers, SOURCE, EXECUTABLE), settings.compile()));
    }

    /** The compiler's command line, run in the folder of the source. */
    public static List<String> command(CppSettings settings, Optional<Path> headers, String source, String executable) {
        List<String> command = new ArrayList<>(settings.command());
        headers.ifPresent(folder -> command.addAll(List.of("-I", folder.toString())));
        command.addAll(List.of("-o", executable, source));
        return command;
    }

    @Override
    public List<String> program(SandboxSession session) {
        return List.of(session.box().resolve(EXECUTABLE).toString());
    }

    @Override
    public List<String> function(SandboxSession session) {
        throw new UnsupportedOperationException("tests that call a function are for Python");
    }
}
