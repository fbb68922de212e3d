package io.tramontane.pipeline.io;

import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.EncodedCompletion;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.RecordDecoder;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads one record type off a topic: every Kafka record becomes either a valid value or a dead letter with the cause,
 * never an exception, so that one bad record cannot stop a job.
 */
public final class RecordDeserializer<T extends SpecificRecordBase & SpecificRecord>
        implements KafkaRecordDeserializationSchema<Either<T, DeadLetter>> {

    private static final long serialVersionUID = 1L;

    private final RecordCheck<T> check;
    private final int maximumRecordBytes;
    private final TypeInformation<T> typeInformation;
    private final SerializableSupplier<RecordDecoder<T>> decoders;
    private transient RecordDecoder<T> decoder;

    /**
     * @param check what a decoded value must satisfy
     * @param maximumRecordBytes values beyond it are not decoded at all; a dead letter keeps only that many bytes
     */
    public RecordDeserializer(Class<T> type, RecordCheck<T> check, int maximumRecordBytes) {
        this(new AvroTypeInfo<>(type), () -> RecordCodec.of(type), check, maximumRecordBytes);
    }

    private RecordDeserializer(
            TypeInformation<T> typeInformation,
            SerializableSupplier<RecordDecoder<T>> decoders,
            RecordCheck<T> check,
            int maximumRecordBytes) {
        this.typeInformation = typeInformation;
        this.decoders = decoders;
        this.check = check;
        this.maximumRecordBytes = maximumRecordBytes;
    }

    /** Reads completions that keep the bytes they came in. */
    public static RecordDeserializer<Completion> ofCompletions(RecordCheck<Completion> check, int maximumRecordBytes) {
        return new RecordDeserializer<>(
                CompletionTypes.COMPLETION, () -> EncodedCompletion::read, check, maximumRecordBytes);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = decoders.get();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Either<T, DeadLetter>> out) {
        try {
            out.collect(Either.Left(decode(record.value())));
        } catch (MalformedRecordException e) {
            out.collect(Either.Right(deadLetter(record, e.getMessage())));
        }
    }

    private T decode(byte[] value) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException("the record has no value");
        }
        if (value.length > maximumRecordBytes) {
            throw new MalformedRecordException(
                    "the record has " + value.length + " bytes, more than " + maximumRecordBytes);
        }
        T decoded = decoder.decode(value);
        check.check(decoded, value.length);
        return decoded;
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, String cause) {
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                cause,
                capped(record.key()),
                capped(record.value()),
                System.currentTimeMillis());
    }

    private ByteBuffer capped(byte[] bytes) {
        return bytes == null
                ? null
                : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, maximumRecordBytes))
                        .slice();
    }

    @Override
    public TypeInformation<Either<T, DeadLetter>> getProducedType() {
        return new EitherTypeInfo<>(typeInformation, new AvroTypeInfo<>(DeadLetter.class));
    }
}
