package io.tramontane.rewards.code.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A trusted command on the host: compilers building our own sources. Never through a shell, always with a time limit.
 */
public final class HostCommand {

    private static final int MOST_OUTPUT = 64 * 1024;

    private HostCommand() {}

    /**
     * What a command wrote to both streams, up to 64 KiB, and its exit code.
     *
     * @throws IOException if it cannot be started or takes too long
     * @throws InterruptedException when interrupted; the command is killed
     */
    public static Outcome run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tramontane-command", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(
                            "'" + String.join(" ", command) + "' took longer than " + limit.toSeconds() + " s");
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            try (InputStream written = Files.newInputStream(output)) {
                return new Outcome(
                        process.exitValue(), new String(written.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * How a command ended.
     *
     * @param code exit code
     * @param output both streams
     */
    public record Outcome(int code, String output) {

        /** The first line that is not blank. */
        public String firstLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .map(String::strip)
                    .orElse("it said nothing");
        }
    }
}
