package io.tramontane.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 */
public final class RecordCodec<T extends SpecificRecord> {

    static {
        // Avro makes instances of trusted classes only. Without this a JVM that was started without the system property
        // SERIALIZABLE_PACKAGES would take every record for a malformed one.
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), RecordCodec::isOurs));
    }

    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    private RecordCodec(Class<T> type) {
        SpecificData data = SpecificData.getForClass(type);
        var schema = data.getSchema(type);
        // Not copied: encode copies once, to an array of the right size.
        encoder = new BinaryMessageEncoder<>(data, schema, false);
        decoder = new BinaryMessageDecoder<>(data, schema);
        SchemaHistory.of(schema.getName()).forEach(decoder::addSchema);
    }

    public static <T extends SpecificRecord> RecordCodec<T> of(Class<T> type) {
        return new RecordCodec<>(type);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackage() == RecordCodec.class.getPackage();
    }

    public byte[] encode(T value) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "not encodable as " + value.getSchema().getFullName(), e);
        }
    }

    /**
     * @throws MalformedRecordException when the bytes are no single-object encoding of a known version of the schema
     */
    public T decode(byte[] bytes) throws MalformedRecordException {
        try {
            return decoder.decode(bytes);
        } catch (SecurityException e) {
            throw new IllegalStateException("Avro may not make the record's class", e);
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
