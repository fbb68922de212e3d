package io.tramontane.kafka.topics;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of a run and looks at them.
 *
 * <p>Thread-safe.
 */
public final class TopicAdmin implements AutoCloseable {

    private static final short MOST_REPLICAS = 3;

    private final AdminConnection connection;
    private final RetryPolicy<Object> untilKnown;

    /** @throws KafkaUnreachableException when no broker answers within the settings' timeout */
    public TopicAdmin(KafkaSettings settings) {
        this.connection = AdminConnection.open(settings);
        // A created topic takes a moment until every broker knows it.
        this.untilKnown = RetryPolicy.builder()
                .handle(UnknownTopicOrPartitionException.class)
                .withDelay(Duration.ofMillis(20))
                .withMaxRetries(-1)
                .withMaxDuration(settings.timeout())
                .build();
    }

    /** Whether a broker answers within the timeout. */
    public static boolean reachable(KafkaSettings settings, Duration timeout) {
        try {
            AdminConnection.open(settings, timeout).close();
            return true;
        } catch (KafkaUnreachableException e) {
            return false;
        }
    }

    /**
     * Creates those topics of the run that do not exist and checks those that do. Any number of processes may do so at
     * the same time.
     *
     * @return the topics this call created
     * @throws TopicMismatchException when an existing topic deviates from the catalogue
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public Set<Topic> createMissing(String runId) {
        int brokers =
                connection.await(connection.admin().describeCluster().nodes()).size();
        short replicas = (short) Math.min(MOST_REPLICAS, brokers);
        // Two of three replicas: one broker may be lost and every acknowledged record survives.
        String minimumInSync = replicas >= MOST_REPLICAS ? "2" : "1";

        Set<String> existing = connection.await(connection.admin().listTopics().names());
        Set<Topic> created = EnumSet.noneOf(Topic.class);
        Map<Topic, NewTopic> missing = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            if (!existing.contains(topic.nameFor(runId))) {
                Map<String, String> configuration = new HashMap<>(topic.configuration());
                configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, minimumInSync);
                missing.put(
                        topic, new NewTopic(topic.nameFor(runId), topic.partitions(), replicas).configs(configuration));
            }
        }
        var results = connection.admin().createTopics(missing.values()).values();
        missing.forEach((topic, newTopic) -> {
            try {
                connection.await(results.get(newTopic.name()));
                created.add(topic);
            } catch (TopicExistsException e) {
                // Another process was faster; the check below looks at what it made.
            }
        });

        List<String> deviations = Failsafe.with(untilKnown)
                .get(() -> Stream.of(Topic.values())
                        .flatMap(topic -> known(topic, runId).deviations().stream())
                        .toList());
        if (!deviations.isEmpty()) {
            throw new TopicMismatchException(deviations);
        }
        return created;
    }

    /**
     * Every topic of the catalogue, those that do not exist included.
     *
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public List<TopicStatus> describe(String runId) {
        return Stream.of(Topic.values()).map(topic -> describe(topic, runId)).toList();
    }

    /**
     * One topic of the catalogue, which need not exist.
     *
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public TopicStatus describe(Topic topic, String runId) {
        try {
            return known(topic, runId);
        } catch (UnknownTopicOrPartitionException e) {
            return new TopicStatus(topic, topic.nameFor(runId), 0, 0, 0, List.of("missing"));
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private TopicStatus known(Topic topic, String runId) {
        String name = topic.nameFor(runId);
        TopicDescription description = connection.await(connection
                .admin()
                .describeTopics(List.of(name))
                .topicNameValues()
                .get(name));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config configuration = connection.await(
                connection.admin().describeConfigs(List.of(resource)).values().get(resource));

        int partitions = description.partitions().size();
        List<String> deviations = new ArrayList<>();
        // More partitions do no harm where order and single readers do not matter.
        boolean tooMany = topic.partitions() == 1 && partitions > 1;
        if (partitions < topic.partitions() || tooMany) {
            deviations.add(name + " has " + partitions + " partitions, needs " + topic.partitions());
        }
        topic.configuration().forEach((key, needed) -> {
            String actual = configuration.get(key).value();
            if (!needed.equals(actual)) {
                deviations.add(name + " has " + key + "=" + actual + ", needs " + needed);
            }
        });
        long deleted = offsets(name, partitions, OffsetSpec.earliest());
        long records = offsets(name, partitions, OffsetSpec.latest()) - deleted;
        return new TopicStatus(topic, name, partitions, records, deleted, deviations);
    }

    private long offsets(String name, int partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            query.put(new TopicPartition(name, partition), which);
        }
        return connection.await(connection.admin().listOffsets(query).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
