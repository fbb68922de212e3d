package io.tramontane.kafka.prompts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the share group and the records it has leased. Kafka gives a member no new records before it has
 * finished with all it got, also while it renews them; a queue therefore has several lanes.
 *
 * <p>Used by one thread.
 */
final class PromptLane {

    private static final Logger LOG = LoggerFactory.getLogger(PromptLane.class);
    private static final Duration LONGEST_RENEWAL = Duration.ofSeconds(5);
    /** The generator stands still meanwhile; a member that could not take its leave is forgotten by its heartbeat. */
    private static final Duration LONGEST_LEAVE = Duration.ofMillis(200);

    /** A record's place, which names its lease. */
    record Place(int partition, long offset) {

        static Place of(ConsumerRecord<?, ?> found) {
            return new Place(found.partition(), found.offset());
        }
    }

    private final Properties properties;
    private final String topic;
    private final Duration leaseDuration;
    private final Map<Place, ConsumerRecord<byte[], byte[]>> leases = new LinkedHashMap<>();
    private KafkaShareConsumer<byte[], byte[]> consumer;
    private long lastFetchNanos;
    private long leasedAtNanos;

    PromptLane(Properties properties, String topic, Duration leaseDuration) {
        this.properties = properties;
        this.topic = topic;
        this.leaseDuration = leaseDuration;
        join();
    }

    private void join() {
        consumer = new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // Completions of acknowledgements are processed inside poll and commit, on the thread that uses the lane.
        consumer.setAcknowledgementCommitCallback(this::acknowledged);
        consumer.subscribe(List.of(topic));
        lastFetchNanos = System.nanoTime();
    }

    /** Whether it holds nothing and may so fetch. */
    boolean isFree() {
        return leases.isEmpty();
    }

    /**
     * Fetches; allowed while the lane is free. What arrives was leased at some time since the fetch before this one.
     * After a pause so long that the leases may have run out it is given back: another generator may have it by now,
     * and a renewal would not tell, because brokers accept late acknowledgements of finished records.
     */
    List<ConsumerRecord<byte[], byte[]>> fetch(Duration timeout) {
        leasedAtNanos = lastFetchNanos;
        Duration longest = leaseDuration.dividedBy(3);
        consumer.poll(timeout.compareTo(longest) < 0 ? timeout : longest)
                .forEach(found -> leases.put(Place.of(found), found));
        lastFetchNanos = System.nanoTime();
        if (lastFetchNanos - leasedAtNanos > leaseDuration.toNanos() / 3 * 2) {
            releaseAll();
        }
        return List.copyOf(leases.values());
    }

    /** Ends the lease; sent at once, not waited for. Does nothing when the lease was lost before. */
    void finish(Place place, AcknowledgeType how) {
        ConsumerRecord<byte[], byte[]> lease = leases.remove(place);
        if (lease != null) {
            consumer.acknowledge(lease, how);
            consumer.commitAsync();
        }
    }

    /** Whether what its last fetch may have brought since has to be taken, or its leases would run out unnoticed. */
    boolean fetchIsDue() {
        return System.nanoTime() - lastFetchNanos > leaseDuration.toNanos() / 6;
    }

    /**
     * Prolongs all leases if they are older than a third of their duration. If some cannot be prolonged, all are lost;
     * those that have run out meanwhile are given back without a wait for the broker, which has forgotten them.
     *
     * @return false when no broker answered in time
     */
    boolean renewIfDue() {
        long age = System.nanoTime() - leasedAtNanos;
        if (leases.isEmpty() || age < leaseDuration.toNanos() / 3) {
            return true;
        }
        if (age > leaseDuration.toNanos()) {
            releaseAll();
            return true;
        }
        long renewedAt = System.nanoTime();
        leases.values().forEach(lease -> consumer.acknowledge(lease, AcknowledgeType.RENEW));
        Map<TopicIdPartition, Optional<KafkaException>> results = consumer.commitSync(renewTimeout());
        results.forEach((partition, error) ->
                error.ifPresent(cause -> LOG.warn("leases of {} were not renewed: {}", partition, cause.getMessage())));
        // Renewed records come back from a poll; only then may they be acknowledged.
        Map<Place, ConsumerRecord<byte[], byte[]>> renewed = new LinkedHashMap<>();
        consumer.poll(Duration.ZERO).forEach(found -> renewed.put(Place.of(found), found));
        if (renewed.keySet().equals(leases.keySet())) {
            leases.putAll(renewed);
            leasedAtNanos = renewedAt;
        } else {
            rejoin();
        }
        return results.values().stream()
                .flatMap(Optional::stream)
                .noneMatch(cause -> cause instanceof TimeoutException);
    }

    /**
     * Becomes a new member without leases. A member whose renewal was lost, in a restart of the broker for example,
     * waits for its answer forever; meanwhile it goes on fetching, returns nothing of it, and so uses up the deliveries
     * of one record after the other.
     */
    private void rejoin() {
        leases.clear();
        try {
            consumer.close(LONGEST_LEAVE);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            // It is gone either way, and the group forgets it.
            LOG.warn("the share group was not left in order: {}", e.getMessage());
        }
        join();
    }

    /** So short that lanes in a row cannot hold up the generator for as long as their leases last. */
    private Duration renewTimeout() {
        Duration share = leaseDuration.dividedBy(6);
        return share.compareTo(LONGEST_RENEWAL) < 0 ? share : LONGEST_RENEWAL;
    }

    private void releaseAll() {
        List.copyOf(leases.keySet()).forEach(place -> finish(place, AcknowledgeType.RELEASE));
    }

    /** Releases what was not finished, waiting for the broker no longer than the timeout. */
    void close(Duration timeout) {
        consumer.close(timeout);
    }

    private void acknowledged(Map<TopicIdPartition, Set<Long>> offsets, Exception error) {
        if (error != null) {
            // The lease had run out: another generator has the prompt, and admission will see some completions twice.
            LOG.warn("acknowledgements of {} came too late: {}", offsets, error.getMessage());
        }
    }
}
