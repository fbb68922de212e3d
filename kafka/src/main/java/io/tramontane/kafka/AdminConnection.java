package io.tramontane.kafka;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/**
 * An {@link Admin} client whose calls end within a bounded time with one kind of exception when no broker answers.
 *
 * <p>Thread-safe, as the client is.
 */
public final class AdminConnection implements AutoCloseable {

    private final KafkaSettings settings;
    private final Duration timeout;
    private final Admin admin;

    private AdminConnection(KafkaSettings settings, Duration timeout, Admin admin) {
        this.settings = settings;
        this.timeout = timeout;
        this.admin = admin;
    }

    /**
     * Connects and waits for a first answer, so that clients opened afterwards can be expected to work.
     *
     * @throws KafkaUnreachableException when no broker answers within the settings' timeout
     */
    public static AdminConnection open(KafkaSettings settings) {
        return open(settings, settings.timeout());
    }

    /** As {@link #open(KafkaSettings)} with another bound for the first answer and every call after it. */
    public static AdminConnection open(KafkaSettings settings, Duration timeout) {
        Properties properties = settings.clientProperties();
        String milliseconds = Long.toString(Math.max(1, timeout.toMillis()));
        properties.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
        properties.setProperty(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
        Admin admin;
        try {
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            // Thrown for host names that do not resolve, and for invalid properties.
            throw e.getCause() == null ? e : new KafkaUnreachableException(settings.bootstrapServers(), timeout, e);
        }
        AdminConnection connection = new AdminConnection(settings, timeout, admin);
        try {
            connection.await(admin.describeCluster().nodes());
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    public Admin admin() {
        return admin;
    }

    /**
     * The result of an asynchronous call.
     *
     * @throws KafkaUnreachableException when no broker answers within the timeout
     * @throws KafkaException when the broker answers with an error: that error itself
     */
    public <T> T await(KafkaFuture<T> future) {
        try {
            // The client gives up at the same bound; a little more lets its own, better exception come first.
            return future.get(timeout.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new KafkaUnreachableException(settings.bootstrapServers(), timeout, e.getCause());
            }
            if (e.getCause() instanceof KafkaException error) {
                throw error;
            }
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaUnreachableException(settings.bootstrapServers(), timeout, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
