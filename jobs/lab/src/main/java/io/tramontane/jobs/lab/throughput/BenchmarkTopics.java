package io.tramontane.jobs.lab.throughput;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of a benchmark's run, which are emptied behind the job so that the disk does not fill. Not thread-safe.
 */
final class BenchmarkTopics implements AutoCloseable {

    private static final int SEGMENT_BYTES = 64 << 20;

    private final AdminConnection connection;
    private final String runId;

    BenchmarkTopics(KafkaSettings kafka, String runId) {
        this.connection = AdminConnection.open(kafka);
        this.runId = runId;
    }

    /** Makes the topics; in small segments, since only whole ones are deleted. */
    static BenchmarkTopics create(KafkaSettings kafka, String runId) {
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(runId);
        }
        BenchmarkTopics created = new BenchmarkTopics(kafka, runId);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topic topic : List.of(Topic.COMPLETIONS, Topic.GROUPS)) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.nameFor(runId)),
                    List.of(
                            set(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES)),
                            set(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "1000")));
        }
        created.connection.await(
                created.connection.admin().incrementalAlterConfigs(changes).all());
        return created;
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** Where each partition ends now. */
    Map<TopicPartition, Long> ends(Topic topic) {
        Map<TopicPartition, OffsetSpec> wanted = partitions(topic).stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new TreeMap<>(BenchmarkTopics::byPartition);
        connection
                .await(connection.admin().listOffsets(wanted).all())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** Up to where the job has read the completions for good, by its newest checkpoint. */
    Map<TopicPartition, Long> checkpointed() {
        Map<TopicPartition, Long> offsets = new TreeMap<>(BenchmarkTopics::byPartition);
        Map<TopicPartition, OffsetAndMetadata> committed = connection.await(
                connection.admin().listConsumerGroupOffsets(runId + ".pipeline").partitionsToOffsetAndMetadata());
        for (TopicPartition partition : partitions(Topic.COMPLETIONS)) {
            OffsetAndMetadata offset = committed.get(partition);
            offsets.put(partition, offset == null ? 0 : offset.offset());
        }
        return offsets;
    }

    /** Deletes what lies before these offsets. */
    void trim(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
        offsets.forEach((partition, offset) -> deleted.put(partition, RecordsToDelete.beforeOffset(offset)));
        connection.await(connection.admin().deleteRecords(deleted).all());
    }

    /**
     * Deletes completions that the job has read for good and groups that are committed.
     *
     * @return how many completions the job has read for good
     */
    long emptyBehindTheJob() {
        Map<TopicPartition, Long> read = checkpointed();
        trim(read);
        trim(ends(Topic.GROUPS));
        return sum(read);
    }

    /** How many completions the job has read for good. */
    long read() {
        return sum(checkpointed());
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.nameFor(runId), partition))
                .toList();
    }

    private static int byPartition(TopicPartition one, TopicPartition other) {
        return Integer.compare(one.partition(), other.partition());
    }

    @Override
    public void close() {
        connection.close();
    }
}
