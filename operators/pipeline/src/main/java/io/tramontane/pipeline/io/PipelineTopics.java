package io.tramontane.pipeline.io;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsManifest;
import java.time.Duration;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The topics of one run as Flink sources and sinks, each under its fixed identity.
 *
 * <p>Sources read from the beginning when there is no state. What cannot be read goes to
 * {@link SideOutputs#DEAD_LETTERS} of the stream. Sinks of data (groups, steps, dead letters) are exactly once: their
 * records appear with the checkpoint. Sinks that a loop waits for (prompts, outcomes) are at least once, because a
 * transactional record would be invisible until the next checkpoint; their records are idempotent.
 */
public final class PipelineTopics {

    private final KafkaSettings kafka;
    private final String runId;
    private final Duration transactionTimeout;

    /**
     * @param transactionTimeout for how long a transaction may stay open; longer than checkpoints and restarts take, at
     *     most what the broker allows ({@code transaction.max.timeout.ms})
     */
    public PipelineTopics(KafkaSettings kafka, String runId, Duration transactionTimeout) {
        this.kafka = kafka;
        this.runId = runId;
        this.transactionTimeout = transactionTimeout;
    }

    /** How far a source reads. */
    public enum Extent {
        /** Forever. */
        UNBOUNDED,
        /** Up to what is there when the job starts. */
        UP_TO_NOW
    }

    /** Valid completions of the run. */
    public SingleOutputStreamOperator<Completion> completions(
            StreamExecutionEnvironment environment, RecordLimits limits, Extent extent) {
        var deserializer =
                RecordDeserializer.ofCompletions(new CompletionCheck(runId, limits), limits.maximumRecordBytes());
        return read(
                environment,
                source(Topic.COMPLETIONS, deserializer, extent),
                CompletionTypes.COMPLETION,
                OperatorIdentity.COMPLETIONS_SOURCE,
                OperatorIdentity.COMPLETIONS_SPLIT);
    }

    /** Announcements of new weights. */
    public SingleOutputStreamOperator<WeightsManifest> weightsManifests(
            StreamExecutionEnvironment environment, Extent extent) {
        return read(
                environment,
                source(Topic.WEIGHTS_MANIFEST, own(WeightsManifest.class, Topic.WEIGHTS_MANIFEST), extent),
                new AvroTypeInfo<>(WeightsManifest.class),
                OperatorIdentity.WEIGHTS_SOURCE,
                OperatorIdentity.WEIGHTS_SPLIT);
    }

    /** How groups and completions ended. */
    public SingleOutputStreamOperator<Outcome> outcomes(StreamExecutionEnvironment environment) {
        return read(
                environment,
                source(Topic.OUTCOMES, own(Outcome.class, Topic.OUTCOMES), Extent.UNBOUNDED),
                new AvroTypeInfo<>(Outcome.class),
                OperatorIdentity.OUTCOMES_SOURCE,
                OperatorIdentity.OUTCOMES_SPLIT);
    }

    private static <T extends SpecificRecordBase & SpecificRecord> RecordDeserializer<T> own(
            Class<T> type, Topic topic) {
        return new RecordDeserializer<>(type, RecordCheck.none(), topic.maximumRecordBytes());
    }

    private static <T extends SpecificRecordBase & SpecificRecord> SingleOutputStreamOperator<T> read(
            StreamExecutionEnvironment environment,
            KafkaSource<Either<T, DeadLetter>> source,
            TypeInformation<T> type,
            OperatorIdentity sourceIdentity,
            OperatorIdentity splitIdentity) {
        SingleOutputStreamOperator<Either<T, DeadLetter>> read = sourceIdentity.identify(
                environment.fromSource(source, WatermarkStrategy.noWatermarks(), sourceIdentity.title()));
        return splitIdentity.identify(read.process(new DeadLetterSplit<>(), type));
    }

    private <T> KafkaSource<T> source(Topic topic, KafkaRecordDeserializationSchema<T> deserializer, Extent extent) {
        KafkaSourceBuilder<T> builder = KafkaSource.<T>builder()
                .setTopics(topic.nameFor(runId))
                .setGroupId(runId + ".pipeline")
                .setClientIdPrefix(topic.nameFor(runId))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(deserializer)
                .setProperties(fetching());
        if (extent == Extent.UP_TO_NOW) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    private Properties fetching() {
        Properties properties = new Properties();
        FetchSettings.applyTo(properties);
        properties.putAll(kafka.deferredClientProperties());
        return properties;
    }

    /** Writes prompts in their order, at least once. */
    public void writePrompts(DataStream<Prompt> prompts) {
        inOrder(
                OperatorIdentity.PROMPTS_SINK,
                prompts.sinkTo(atLeastOnce(Topic.PROMPTS, new RecordSerializer.Prompts(Topic.PROMPTS.nameFor(runId)))));
    }

    /** Writes outcomes, at least once. */
    public void writeOutcomes(DataStream<Outcome> outcomes) {
        OperatorIdentity.OUTCOMES_SINK.identify(outcomes.sinkTo(
                atLeastOnce(Topic.OUTCOMES, new RecordSerializer.Outcomes(Topic.OUTCOMES.nameFor(runId)))));
    }

    /** Writes groups, exactly once. */
    public void writeGroups(DataStream<Group> groups) {
        OperatorIdentity.GROUPS_SINK.identify(
                groups.sinkTo(exactlyOnce(Topic.GROUPS, new RecordSerializer.Groups(Topic.GROUPS.nameFor(runId)))));
    }

    /** Writes steps in their order, exactly once. */
    public void writeSteps(DataStream<Step> steps) {
        inOrder(
                OperatorIdentity.STEPS_SINK,
                steps.sinkTo(exactlyOnce(Topic.STEPS, new RecordSerializer.Steps(Topic.STEPS.nameFor(runId)))));
    }

    /** Writes dead letters, exactly once. */
    public void writeDeadLetters(DataStream<DeadLetter> deadLetters) {
        inOrder(
                OperatorIdentity.DEAD_LETTERS_SINK,
                deadLetters.sinkTo(exactlyOnce(
                        Topic.DEAD_LETTERS, new RecordSerializer.DeadLetters(Topic.DEAD_LETTERS.nameFor(runId)))));
    }

    /** One writer: with several, records of one stream would overtake each other. */
    private static void inOrder(OperatorIdentity identity, DataStreamSink<?> sink) {
        identity.identify(sink).setParallelism(1);
    }

    private <T extends SpecificRecord> KafkaSink<T> atLeastOnce(Topic topic, RecordSerializer<T> serializer) {
        return sink(topic, ProducerSettings.of(topic), serializer)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    /**
     * Pooled transactional ids: after a failure only those in use are aborted, not every id that may ever have been.
     *
     * <p>The other strategy probes the ids one by one, which makes a recovery longer.
     */
    private <T extends SpecificRecord> ExactlyOnceSink<T> exactlyOnce(Topic topic, RecordSerializer<T> serializer) {
        return new ExactlyOnceSink<>(sink(topic, ProducerSettings.transactional(topic), serializer)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic.nameFor(runId))
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(transactionTimeout.toMillis()))
                .build());
    }

    private <T extends SpecificRecord> KafkaSinkBuilder<T> sink(
            Topic topic, Properties settings, RecordSerializer<T> serializer) {
        Properties properties = new Properties();
        properties.putAll(kafka.deferredClientProperties());
        properties.putAll(settings);
        return KafkaSink.<T>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(serializer);
    }
}
