package io.tramontane.kafka.topics;

import java.util.List;

/**
 * What the cluster says of one topic of a run.
 *
 * @param topic which one
 * @param name its full name
 * @param partitions 0 when the topic does not exist
 * @param records offsets between the first and the last record: transaction markers count, compacted records too
 * @param deleted offsets before the first record: what was trimmed, or went by retention
 * @param deviations what differs from the catalogue, one readable item each; empty when all is as it should be
 */
public record TopicStatus(
        Topic topic, String name, int partitions, long records, long deleted, List<String> deviations) {

    public TopicStatus {
        deviations = List.copyOf(deviations);
    }

    public boolean exists() {
        return partitions > 0;
    }
}
