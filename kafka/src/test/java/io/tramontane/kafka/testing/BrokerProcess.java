package io.tramontane.kafka.testing;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A broker in a process of its own, which a test kills and starts again: same directory, same port.
 *
 * <p>Used by one thread.
 */
public final class BrokerProcess implements AutoCloseable {

    private final Path directory;
    private final int port;
    private Process process;

    private BrokerProcess(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Returns when the broker answers. */
    public static BrokerProcess start(Path directory) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        BrokerProcess broker = new BrokerProcess(directory, port);
        broker.start();
        return broker;
    }

    /** Starts it again after {@link #kill()}; returns when it answers. */
    public void start() throws IOException {
        Path log = directory.resolve("broker.log");
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.resolve("broker").toString(),
                        Integer.toString(port))
                .redirectError(log.toFile())
                .start();
        if (process.inputReader().readLine() == null) {
            throw new IOException("the broker did not start: " + Files.readString(log));
        }
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** How to reach it, now and after it was started again. */
    public KafkaSettings settings(Map<String, String> properties) {
        return new KafkaSettings("127.0.0.1:" + port, properties);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The broker's process: a line on standard output says that it answers; it ends when it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
