package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.RunResult;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.code.sandbox.SandboxSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Python: compiled to byte code once, which every test runs. */
final class PythonToolchain implements Toolchain {

    private static final String SOURCE = "main.py";
    private static final String PROGRAM = "main.pyc";
    private static final String CALLER = "call_function.py";

    private static final String COMPILE = "import py_compile, sys\n"
            + "try:\n"
            + "    py_compile.compile(sys.argv[1], cfile=sys.argv[2], doraise=True)\n"
            + "except py_compile.PyCompileError as error:\n"
            + "    sys.exit(str(error).strip())\n";

    private final CodeSettings settings;
    private final byte[] caller;

    PythonToolchain(CodeSettings settings) {
        this.settings = settings;
        try (InputStream resource = PythonToolchain.class.getResourceAsStream(CALLER)) {
            if (resource == null) {
                throw new IllegalStateException(CALLER + " is missing from the class path");
            }
            caller = resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RunResult compile(SandboxSession session, String source) throws SandboxException {
        session.put(SOURCE, source.getBytes(StandardCharsets.UTF_8));
        session.put(CALLER, caller);
        List<String> command = interpreter();
        command.addAll(List.of("-c", COMPILE, SOURCE, PROGRAM));
        return session.run(Toolchain.build(session, command, settings.compile()));
    }

    @Override
    public List<String> program(SandboxSession session) {
        List<String> command = interpreter();
        command.add(session.box().resolve(PROGRAM).toString());
        return command;
    }

    @Override
    public List<String> function(SandboxSession session) {
        List<String> command = interpreter();
        command.add(session.box().resolve(CALLER).toString());
        command.add(session.box().resolve(PROGRAM).toString());
        return command;
    }

    private List<String> interpreter() {
        return new ArrayList<>(settings.python().command());
    }
}
