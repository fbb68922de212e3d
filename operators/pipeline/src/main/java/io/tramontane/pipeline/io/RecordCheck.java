package io.tramontane.pipeline.io;

import io.tramontane.schemas.MalformedRecordException;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;

/** What a decoded record must satisfy beyond its schema. */
public interface RecordCheck<T extends SpecificRecord> extends Serializable {

    /** @throws MalformedRecordException when it does not; the message says what is wrong */
    void check(T value) throws MalformedRecordException;

    /**
     * As {@link #check(SpecificRecord)} for a value that was read from that many bytes.
     *
     * @throws MalformedRecordException as there
     */
    default void check(T value, int encodedBytes) throws MalformedRecordException {
        check(value);
    }

    /** For topics that only our own jobs write. */
    static <T extends SpecificRecord> RecordCheck<T> none() {
        return value -> {};
    }
}
