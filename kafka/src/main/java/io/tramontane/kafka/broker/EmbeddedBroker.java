package io.tramontane.kafka.broker;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its KRaft controller in this process, reachable from this machine only.
 *
 * <p>All it knows is in one directory: started there again, after {@link #close()} or after the process was killed, it
 * goes on with every acknowledged record. One process at a time can use a directory, and one process runs one broker.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration GOODBYE = Duration.ofSeconds(10);
    private static final Duration GOODBYE_OF_A_FAILED_BROKER = Duration.ofSeconds(1);
    private static final int ANY_PORT = 0;

    private final KafkaRaftServer server;
    private final BrokerDirectory directory;
    private final String bootstrapServers;
    private final CompletableFuture<String> failure;
    private boolean closed;

    private EmbeddedBroker(
            KafkaRaftServer server,
            BrokerDirectory directory,
            String bootstrapServers,
            CompletableFuture<String> failure) {
        this.server = server;
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.failure = failure;
    }

    /** As {@link #start(Path, int)} on a free port. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, ANY_PORT);
    }

    /**
     * Returns when the broker answers.
     *
     * @param directory made and formatted when it does not exist yet
     * @param port on the loopback interface; 0 for a free one
     * @throws BrokerStartException when the port or the directory cannot be used
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, port, Optional.empty());
    }

    /**
     * As {@link #start(Path, int)}, for users of {@code security} alone, over TLS.
     *
     * @throws BrokerStartException when the port, the directory or the key store cannot be used
     */
    public static EmbeddedBroker start(Path directory, int port, BrokerSecurity security) {
        return start(directory, port, Optional.of(security));
    }

    private static EmbeddedBroker start(Path directory, int port, Optional<BrokerSecurity> security) {
        int brokerPort = port == ANY_PORT ? freePort() : requireFree(port);
        int controllerPort = freePort();
        BrokerDirectory opened =
                BrokerDirectory.open(directory, BrokerConfiguration.NODE_ID, BrokerConfiguration.CONTROLLER, security);

        CompletableFuture<String> failure = new CompletableFuture<>();
        reportInsteadOfEndingTheProcess(failure, opened);
        KafkaRaftServer server = null;
        try {
            Map<String, String> configuration =
                    BrokerConfiguration.of(opened.path(), brokerPort, controllerPort, security);
            server = new KafkaRaftServer(new KafkaConfig(configuration, false), Time.SYSTEM);
            server.startup();
        } catch (Exception e) {
            if (server != null) {
                server.shutdown();
            }
            opened.close();
            throw new BrokerStartException(
                    "the embedded broker did not start in " + opened.path() + ": " + rootMessage(e), e);
        }
        String bootstrapServers = BrokerConfiguration.HOST + ":" + brokerPort;
        EmbeddedBroker broker = new EmbeddedBroker(server, opened, bootstrapServers, failure);
        try {
            Map<String, String> login = security.map(wanted -> wanted.clientProperties(wanted.administrator()))
                    .orElse(Map.of());
            AdminConnection.open(new KafkaSettings(bootstrapServers, login), START_TIMEOUT)
                    .close();
            LOG.info("embedded broker at {} in {}", bootstrapServers, opened.path());
            return broker;
        } catch (KafkaUnreachableException e) {
            broker.close();
            throw new BrokerStartException("the embedded broker in " + opened.path() + " does not answer", e);
        }
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Completes with the reason if the broker cannot go on, for example because the disk is full. Kafka would end the
     * process then; here the owner of the process decides. Never completes otherwise.
     */
    public CompletionStage<String> failure() {
        return failure.minimalCompletionStage();
    }

    /** Stops in order. Later calls do nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        shutDown(failure.isDone() ? GOODBYE_OF_A_FAILED_BROKER : GOODBYE);
        directory.close();
        Exit.resetExitProcedure();
        Exit.resetHaltProcedure();
    }

    /**
     * The controller sees the broker off, so that it lets it in again at once: one that just ended would count as there
     * until its session ends. When the controller is gone too, Kafka would wait for its answer for five minutes, unless
     * it is interrupted.
     */
    private void shutDown(Duration goodbye) {
        FutureTask<Void> shutdown = new FutureTask<>(server::shutdown, null);
        Thread thread = new Thread(shutdown, "embedded-broker-shutdown");
        thread.start();
        try {
            shutdown.get(goodbye.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the embedded broker did not stop in order", e.getCause());
        }
        server.awaitShutdown();
    }

    /** A thread of the broker that asks for the end of the process ends itself instead. */
    private static void reportInsteadOfEndingTheProcess(CompletableFuture<String> failure, BrokerDirectory directory) {
        Exit.Procedure report = (status, message) -> {
            String reason = directory.shortage().orElse(message == null ? "fatal error, see the log" : message);
            if (failure.complete(reason)) {
                LOG.error("the embedded broker cannot go on: {}", reason);
            }
            throw new IllegalStateException("the embedded broker cannot go on: " + reason);
        };
        Exit.setExitProcedure(report);
        Exit.setHaltProcedure(report);
    }

    private static int requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port in TIME_WAIT after a restart is free for a broker, which sets the same option.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            throw new BrokerStartException(
                    "port " + port + " on " + BrokerConfiguration.HOST + " is not free for the embedded broker: "
                            + e.getMessage(),
                    e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException("no free port on " + BrokerConfiguration.HOST + ": " + e.getMessage(), e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
