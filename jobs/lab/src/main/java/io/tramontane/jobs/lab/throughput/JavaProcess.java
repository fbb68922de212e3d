package io.tramontane.jobs.lab.throughput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM on the class path and with the system properties of this one. It must end when its input does. */
final class JavaProcess implements AutoCloseable {

    private static final long END_SECONDS = 30;
    private static final List<String> INHERITED =
            List.of("org.apache.avro.SERIALIZABLE_PACKAGES", "log4j2.configurationFile", "file.encoding");

    private final Process process;
    private final BufferedReader output;

    private JavaProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * @param heap largest heap, as for {@code -Xmx}
     * @param log takes what it writes to its error output
     */
    static JavaProcess start(Class<?> main, String heap, Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        INHERITED.stream()
                .filter(name -> System.getProperty(name) != null)
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Stream.of(arguments).forEach(command::add);
        return new JavaProcess(new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start());
    }

    /** The next line of its output; null when it has ended. */
    String readLine() throws IOException {
        return output.readLine();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether it has ended as it should. */
    boolean orderly() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
