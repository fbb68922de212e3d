package io.tramontane.kafka.topics;

import io.tramontane.schemas.failure.UserFailure;
import java.util.List;

/** Topics of the run exist but are configured so that the run would not work; the message names each deviation. */
public final class TopicMismatchException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    public TopicMismatchException(List<String> deviations) {
        super("topics are not as this run needs them: " + String.join("; ", deviations));
    }
}
