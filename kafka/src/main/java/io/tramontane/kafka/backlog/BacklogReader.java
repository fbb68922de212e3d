package io.tramontane.kafka.backlog;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Asks the brokers how far a run has come, without reading a record.
 *
 * <p>Used by one thread.
 */
public final class BacklogReader implements AutoCloseable {

    private static final List<Topic> COUNTED = List.of(Topic.PROMPTS, Topic.COMPLETIONS, Topic.GROUPS);

    private final String runId;
    private final AdminConnection connection;

    /**
     * @param timeout for the first answer, and for every question
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public BacklogReader(KafkaSettings settings, String runId, Duration timeout) {
        this.runId = runId;
        this.connection = AdminConnection.open(settings, timeout);
    }

    /**
     * Asks.
     *
     * @throws KafkaUnreachableException when no broker answers in time
     * @throws KafkaException when the brokers refuse to say where the topics end
     */
    public RunBacklog read() {
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends =
                connection.admin().listOffsets(ends()).all();
        KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> read =
                connection.admin().listConsumerGroupOffsets(runId + ".pipeline").partitionsToOffsetAndMetadata();
        String generators = runId + ".generators";
        var members = connection
                .admin()
                .describeShareGroups(List.of(generators))
                .describedGroups()
                .get(generators);
        var acknowledged = connection
                .admin()
                .listShareGroupOffsets(Map.of(generators, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(generators);

        Map<TopicPartition, ListOffsetsResultInfo> offsets = connection.await(ends);
        long prompts = sum(offsets, Topic.PROMPTS);
        long completions = sum(offsets, Topic.COMPLETIONS);
        return new RunBacklog(
                prompts,
                Math.max(0, prompts - acknowledged(acknowledged)),
                generators(members),
                completions,
                unread(read, completions),
                sum(offsets, Topic.GROUPS));
    }

    private Map<TopicPartition, OffsetSpec> ends() {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        COUNTED.forEach(topic -> IntStream.range(0, topic.partitions())
                .forEach(partition ->
                        wanted.put(new TopicPartition(topic.nameFor(runId), partition), OffsetSpec.latest())));
        return wanted;
    }

    private long sum(Map<TopicPartition, ListOffsetsResultInfo> offsets, Topic topic) {
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.nameFor(runId)))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    private OptionalInt generators(KafkaFuture<org.apache.kafka.clients.admin.ShareGroupDescription> members) {
        try {
            return OptionalInt.of(connection.await(members).members().size());
        } catch (KafkaUnreachableException e) {
            throw e;
        } catch (GroupIdNotFoundException noneEverCame) {
            return OptionalInt.of(0);
        } catch (KafkaException notForUs) {
            return OptionalInt.empty();
        }
    }

    /** Where the oldest prompt lies that is not done; 0 while no generator has come. */
    private long acknowledged(KafkaFuture<Map<TopicPartition, SharePartitionOffsetInfo>> offsets) {
        try {
            return connection.await(offsets).entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(Topic.PROMPTS.nameFor(runId)))
                    .filter(entry -> entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().startOffset())
                    .sum();
        } catch (KafkaUnreachableException e) {
            throw e;
        } catch (KafkaException notKnown) {
            return 0;
        }
    }

    private OptionalLong unread(KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> read, long completions) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = connection.await(read);
            String name = Topic.COMPLETIONS.nameFor(runId);
            if (offsets.keySet().stream()
                    .noneMatch(partition -> partition.topic().equals(name))) {
                return OptionalLong.empty();
            }
            long checkpointed = offsets.entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(name) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
            return OptionalLong.of(Math.max(0, completions - checkpointed));
        } catch (KafkaUnreachableException e) {
            throw e;
        } catch (KafkaException notForUs) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
