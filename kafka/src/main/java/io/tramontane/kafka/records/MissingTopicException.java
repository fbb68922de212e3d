package io.tramontane.kafka.records;

import io.tramontane.schemas.failure.UserFailure;

/** The topic to read does not exist: most often the run id is wrong. */
public final class MissingTopicException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public MissingTopicException(String topicName, String bootstrapServers, Throwable cause) {
        super("there is no topic " + topicName + " at " + bootstrapServers, cause);
    }
}
