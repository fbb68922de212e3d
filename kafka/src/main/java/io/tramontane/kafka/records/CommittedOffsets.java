package io.tramontane.kafka.records;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import java.util.HashMap;
import java.util.Map;

/** How far a run's training job has come in a topic. */
public final class CommittedOffsets {

    private static final String GROUP = ".pipeline";

    private CommittedOffsets() {}

    /**
     * By partition, the offset before which the job had read everything at its last checkpoint. A partition is missing
     * while no checkpoint has covered it, and when the brokers have forgotten the group, as they do some days after the
     * job's end.
     *
     * @throws io.tramontane.kafka.KafkaUnreachableException when no broker answers
     */
    public static Map<Integer, Long> ofJob(KafkaSettings settings, Topic topic, String runId) {
        String group = runId + GROUP;
        String name = topic.nameFor(runId);
        try (AdminConnection connection = AdminConnection.open(settings)) {
            var committed = connection.await(
                    connection.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            Map<Integer, Long> offsets = new HashMap<>();
            committed.forEach((partition, offset) -> {
                if (partition.topic().equals(name) && offset != null) {
                    offsets.put(partition.partition(), offset.offset());
                }
            });
            return offsets;
        }
    }
}
