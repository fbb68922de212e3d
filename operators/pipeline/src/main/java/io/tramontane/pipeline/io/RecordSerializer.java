package io.tramontane.pipeline.io;

import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes one record type to a topic in Avro single-object encoding, keyed so that records of a group (or run) stay in
 * order. Each topic has its named subclass: Kafka's sink asks a serializer for its type parameter, which a lambda has
 * not.
 */
public abstract class RecordSerializer<T extends SpecificRecord>
        implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {

    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final String topic;
    private transient RecordCodec<T> codec;

    private RecordSerializer(Class<T> type, String topic) {
        this.type = type;
        this.topic = topic;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        codec = RecordCodec.of(type);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T value, KafkaSinkContext context, Long timestamp) {
        String key = key(value);
        return new ProducerRecord<>(
                topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), codec.encode(value));
    }

    /** The topic, for lineage; pooled transactions need it too, to find those a failure has left open. */
    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic)), new Properties()));
    }

    /** The record's key; null when any partition will do. */
    abstract String key(T value);

    /** Keyed by group id. */
    public static final class Prompts extends RecordSerializer<Prompt> {
        private static final long serialVersionUID = 1L;

        public Prompts(String topic) {
            super(Prompt.class, topic);
        }

        @Override
        String key(Prompt prompt) {
            return prompt.getGroupId();
        }
    }

    /** Keyed by group id. */
    public static final class Groups extends RecordSerializer<Group> {
        private static final long serialVersionUID = 1L;

        public Groups(String topic) {
            super(Group.class, topic);
        }

        @Override
        String key(Group group) {
            return group.getGroupId();
        }
    }

    /** Keyed by run id. */
    public static final class Steps extends RecordSerializer<Step> {
        private static final long serialVersionUID = 1L;

        public Steps(String topic) {
            super(Step.class, topic);
        }

        @Override
        String key(Step step) {
            return step.getRunId();
        }
    }

    /** Keyed by group id. */
    public static final class Outcomes extends RecordSerializer<Outcome> {
        private static final long serialVersionUID = 1L;

        public Outcomes(String topic) {
            super(Outcome.class, topic);
        }

        @Override
        String key(Outcome outcome) {
            return outcome.getGroupId();
        }
    }

    /** Without a key. */
    public static final class DeadLetters extends RecordSerializer<DeadLetter> {
        private static final long serialVersionUID = 1L;

        public DeadLetters(String topic) {
            super(DeadLetter.class, topic);
        }

        @Override
        String key(DeadLetter deadLetter) {
            return null;
        }
    }
}
