package io.tramontane.kafka.records;

/** Where a reader that follows a topic begins. */
public enum StartAt {
    /** At the oldest record there is. */
    BEGINNING,
    /** At the first record written after the reader was made. */
    END
}
