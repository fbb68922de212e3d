package io.tramontane.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Encodes one record type in Avro's single-object encoding: two magic bytes, the schema's 64-bit fingerprint, the body.
 * A reader so knows which version of a schema wrote a record and resolves it; versions it has never seen are an error.
 *
 * <p>Not thread-safe: one instance a thread.
 *
 * @param <T> a record generated from the schemas of this module
 */
public final class RecordCodec<T extends SpecificRecord> implements RecordDecoder<T> {

    static {
        // Avro makes instances of trusted classes only. Without this a JVM that was started without the system property
        // SERIALIZABLE_PACKAGES would take every record for a malformed one.
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), RecordCodec::isOurs));
    }

    /** Two magic bytes and the fingerprint. */
    static final int HEADER_BYTES = 10;

    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;
    private final Map<Long, Schema> writers = new HashMap<>();
    private final long current;
    private BinaryDecoder body;

    RecordCodec(Class<T> type, List<Schema> formerVersions) {
        // The records' generated code reads and writes them, in half the time of walking over their schema.
        SpecificData data = new SpecificData(type.getClassLoader());
        data.setCustomCoders(true);
        data.setFastReaderEnabled(false);
        Schema schema = data.getSchema(type);
        // Not copied: encode copies once, to an array of the right size.
        encoder = new BinaryMessageEncoder<>(data, schema, false);
        decoder = new BinaryMessageDecoder<>(data, schema);
        current = SchemaNormalization.parsingFingerprint64(schema);
        writers.put(current, schema);
        for (Schema former : formerVersions) {
            decoder.addSchema(former);
            writers.put(SchemaNormalization.parsingFingerprint64(former), former);
        }
    }

    /** A codec that writes the current version of the type's schema and reads all there have been. */
    public static <T extends SpecificRecord> RecordCodec<T> of(Class<T> type) {
        return new RecordCodec<>(type, SchemaHistory.of(type.getSimpleName()));
    }

    /**
     * Walks over the body without making anything of it. Avro allocates whatever a length field says before it looks
     * how many bytes there are, so a damaged record of a few bytes could take all memory; and it ignores what follows
     * the body.
     */
    private void checkLengths(byte[] bytes) throws IOException {
        if (bytes.length < HEADER_BYTES) {
            throw new EOFException();
        }
        Schema writer = writers.get(fingerprint(bytes));
        if (writer == null) {
            // Not ours; the decoder says so.
            return;
        }
        body = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, body);
        walk(writer, body);
        if (!body.isEnd()) {
            throw new IOException("bytes follow the record");
        }
    }

    /**
     * Reads every item of every array and map one by one. Avro's own skip trusts the byte count that a block may carry,
     * and the generated decoders allocate what a block claims: a billion items in no bytes would pass the one and take
     * all memory in the other. No item of our schemas takes less than a byte, so here the record ends first.
     */
    private static void walk(Schema schema, BinaryDecoder in) throws IOException {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    walk(field.schema(), in);
                }
            }
            case ARRAY -> {
                for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
                    for (long item = 0; item < items; item++) {
                        walk(schema.getElementType(), in);
                    }
                }
            }
            case MAP -> {
                for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
                    for (long item = 0; item < items; item++) {
                        in.skipString();
                        walk(schema.getValueType(), in);
                    }
                }
            }
            case UNION -> walk(schema.getTypes().get(in.readIndex()), in);
            default -> GenericDatumReader.skip(schema, in);
        }
    }

    private static long fingerprint(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** Whether the bytes, which can be decoded, were written with the current version of the schema. */
    boolean isCurrent(byte[] bytes) {
        return fingerprint(bytes) == current;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackage() == RecordCodec.class.getPackage();
    }

    /**
     * The record's single-object encoding, in an array of its own.
     *
     * @throws IllegalArgumentException when a field that must not be null is null
     */
    public byte[] encode(T value) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "not encodable as " + value.getSchema().getFullName(), e);
        }
    }

    @Override
    public T decode(byte[] bytes) throws MalformedRecordException {
        verify(bytes);
        return decodeVerified(bytes, null);
    }

    /**
     * The record in bytes that an {@link #encode} has made: their lengths are not checked again.
     *
     * @throws MalformedRecordException when another schema wrote them
     */
    public T decodeTrusted(byte[] bytes) throws MalformedRecordException {
        return decodeVerified(bytes, null);
    }

    /**
     * The part of decoding that makes the other part safe.
     *
     * @throws MalformedRecordException when a length in it leads out of the bytes
     */
    void verify(byte[] bytes) throws MalformedRecordException {
        try {
            checkLengths(bytes);
        } catch (IOException | RuntimeException e) {
            throw malformed(e);
        }
    }

    /**
     * The record in bytes that were verified, or that an {@link #encode} made.
     *
     * @param into takes the record; null for a new one
     */
    T decodeVerified(byte[] bytes, T into) throws MalformedRecordException {
        try {
            return decoder.decode(bytes, into);
        } catch (SecurityException e) {
            throw new IllegalStateException("Avro may not make the record's class", e);
        } catch (IOException | RuntimeException e) {
            throw malformed(e);
        }
    }

    private static MalformedRecordException malformed(Exception e) {
        return e instanceof EOFException
                ? new MalformedRecordException("the record is cut off", e)
                : new MalformedRecordException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
}
