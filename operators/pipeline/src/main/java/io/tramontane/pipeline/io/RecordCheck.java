package io.tramontane.pipeline.io;

import io.tramontane.schemas.MalformedRecordException;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;

/** What a decoded record must satisfy beyond its schema. */
public interface RecordCheck<T extends SpecificRecord> extends Serializable {

    /** @throws MalformedRecordException when it does not; the message says what is wrong */
    void check(T value) throws MalformedRecordException;

    /** For topics that only our own jobs write. */
    static <T extends SpecificRecord> RecordCheck<T> none() {
        return value -> {};
    }
}
