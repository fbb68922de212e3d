package io.tramontane.schemas;

/** Reads records of one type in single-object encoding. Not thread-safe. */
@FunctionalInterface
public interface RecordDecoder<T> {

    /**
     * The record.
     *
     * @throws MalformedRecordException when the bytes are no single-object encoding of a known version of the schema
     */
    T decode(byte[] bytes) throws MalformedRecordException;
}
