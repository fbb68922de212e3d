package io.tramontane.kafka;

import io.tramontane.schemas.failure.UserFailure;
import java.time.Duration;

/** No broker answered in time. The message is one line for the user: which servers, for how long. */
public final class KafkaUnreachableException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public KafkaUnreachableException(String bootstrapServers, Duration waited, Throwable cause) {
        super(
                "no Kafka broker at " + bootstrapServers + " answered within "
                        + String.format("%.1f", waited.toMillis() / 1000.0) + " s",
                cause);
    }
}
