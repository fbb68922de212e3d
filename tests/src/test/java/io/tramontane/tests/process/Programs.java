package io.tramontane.tests.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a user runs it: in processes of its own, which do not outlive the test. */
public final class Programs implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final String classPath;
    private final List<Process> started = new ArrayList<>();

    /**
     * Programs on this process's class path.
     *
     * @param folder of their logs
     */
    public Programs(Path folder) {
        this(folder, System.getProperty("java.class.path"));
    }

    /**
     * Programs on a class path of their own.
     *
     * @param folder of their logs
     */
    public Programs(Path folder, String classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    /**
     * Starts one.
     *
     * @param log its name, for all that it prints
     * @param environment added to this process's
     */
    public Process start(String log, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // These programs live for seconds: what the optimizing compiler would do for them never pays.
        command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-Dai.djl.offline=true", "-cp", classPath));
        command.add(Tramontane.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve(log).toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Runs one, which must end well. */
    public void succeed(String log, String... arguments) throws IOException, InterruptedException {
        Process process = start(log, Map.of(), List.of(arguments));
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> log(log))
                .isTrue();
        assertThat(process.exitValue()).as(() -> log(log)).isZero();
    }

    /** What was printed. */
    public String log(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return "no " + name + ": " + e.getMessage();
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
