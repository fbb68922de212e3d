package io.tramontane.kafka.prompts;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.RecordCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The prompts of a run as a work queue, a Kafka share group of all its generators: each prompt is leased to one
 * generator, which acknowledges it when its completions are durable. A prompt whose generator released it, died or let
 * the lease run out goes to another one. While no broker answers there are no prompts; what was leased before a restart
 * of the broker is handed out again after it, to any generator.
 *
 * <p>Used by one thread, which must call {@link #poll} or {@link #renewAll} at least every third of the lease duration.
 */
public final class PromptQueue implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final PromptQueueSettings settings;
    private final long pauseNanos;
    private final Properties consumerProperties;
    private final RecordCodec<Prompt> codec = RecordCodec.of(Prompt.class);
    private final MalformedPrompts malformed;
    private final List<PromptLane> lanes = new ArrayList<>();
    private final Map<PromptLane.Place, PromptLane> laneOf = new HashMap<>();
    private final Deque<LeasedPrompt> fetched = new ArrayDeque<>();
    /**
     * When a renewal went unanswered last: the other lanes wait a while, instead of one after the other for nothing.
     */
    private long unansweredAtNanos;

    /** The lane whose fetch is on its way: asked first, or what it brings would lie there until its lease runs out. */
    private Optional<PromptLane> fetching = Optional.empty();

    /**
     * The first {@link #poll} joins the share group; nothing is leased before.
     *
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public PromptQueue(KafkaSettings kafka, String runId, PromptQueueSettings settings) {
        this.topic = Topic.PROMPTS.nameFor(runId);
        this.settings = settings;
        this.pauseNanos = settings.leaseDuration().toNanos() / 6;
        this.unansweredAtNanos = System.nanoTime() - pauseNanos;
        this.malformed = new MalformedPrompts(kafka, runId);
        String group = runId + ".generators";
        configureGroup(kafka, group, settings);
        this.consumerProperties = consumerProperties(kafka, group, settings);
    }

    /**
     * Leases prompts. Prompts that cannot be read are rejected and go to the dead letters.
     *
     * @param timeout how long to wait when there are none; a third of the lease duration at most
     * @param most how many to return at most
     * @return empty as well when this generator holds all the fetches it may
     */
    public List<LeasedPrompt> poll(Duration timeout, int most) {
        renewAll();
        if (fetched.size() < most) {
            fetch(fetched.isEmpty() ? timeout : Duration.ZERO);
        }
        List<LeasedPrompt> leased = new ArrayList<>();
        while (leased.size() < most && !fetched.isEmpty()) {
            leased.add(fetched.poll());
        }
        return leased;
    }

    /** The prompt is done: nobody gets it again. */
    public void acknowledge(LeasedPrompt lease) {
        finish(lease, AcknowledgeType.ACCEPT);
    }

    /** The prompt is not done: another generator gets it at once. */
    public void release(LeasedPrompt lease) {
        finish(lease, AcknowledgeType.RELEASE);
    }

    /** Prolongs the leases that are due; cheap when none is, so that it can be called in every round of decoding. */
    public void renewAll() {
        if (fetching.filter(PromptLane::fetchIsDue).isPresent()) {
            fetch(Duration.ZERO);
        }
        if (System.nanoTime() - unansweredAtNanos < pauseNanos) {
            return;
        }
        for (PromptLane lane : lanes) {
            boolean answered = lane.renewIfDue();
            if (!answered) {
                unansweredAtNanos = System.nanoTime();
                return;
            }
        }
    }

    /** Releases every lease that was not acknowledged. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        lanes.forEach(lane -> lane.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
        malformed.close();
    }

    private void fetch(Duration timeout) {
        fetching = fetching.or(this::freeLane);
        fetching.ifPresent(lane -> {
            List<ConsumerRecord<byte[], byte[]>> arrived = lane.fetch(timeout);
            if (!arrived.isEmpty()) {
                fetching = Optional.empty();
                arrived.forEach(found -> receive(lane, found));
            }
        });
    }

    private Optional<PromptLane> freeLane() {
        for (PromptLane lane : lanes) {
            if (lane.isFree()) {
                return Optional.of(lane);
            }
        }
        if (lanes.size() == settings.fetchesHeld()) {
            return Optional.empty();
        }
        PromptLane lane = new PromptLane(consumerProperties, topic, settings.leaseDuration());
        lanes.add(lane);
        return Optional.of(lane);
    }

    private void receive(PromptLane lane, ConsumerRecord<byte[], byte[]> found) {
        try {
            Prompt prompt = codec.decode(found.value() == null ? new byte[0] : found.value());
            PromptLane former = laneOf.put(PromptLane.Place.of(found), lane);
            if (former != null && former != lane) {
                // The broker forgot the lease, in a restart for example, before the lane noticed.
                former.finish(PromptLane.Place.of(found), AcknowledgeType.RELEASE);
            }
            fetched.add(new LeasedPrompt(
                    prompt,
                    found.partition(),
                    found.offset(),
                    found.deliveryCount().orElse((short) 1),
                    found.timestamp()));
        } catch (MalformedRecordException e) {
            // First the dead letter, then the rejection: a crash in between repeats the letter and loses nothing.
            malformed.report(found, e.getMessage());
            lane.finish(PromptLane.Place.of(found), AcknowledgeType.REJECT);
        }
    }

    private void finish(LeasedPrompt lease, AcknowledgeType how) {
        PromptLane.Place place = new PromptLane.Place(lease.partition(), lease.offset());
        PromptLane lane = laneOf.remove(place);
        if (lane == null) {
            throw new IllegalArgumentException(
                    "not leased: prompt " + lease.prompt().getGroupId() + " at " + place);
        }
        lane.finish(place, how);
    }

    private static void configureGroup(KafkaSettings kafka, String group, PromptQueueSettings settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Map<String, String> configuration = Map.of(
                "share.auto.offset.reset",
                "earliest",
                "share.record.lock.duration.ms",
                Long.toString(settings.leaseDuration().toMillis()));
        List<AlterConfigOp> operations = configuration.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (AdminConnection connection = AdminConnection.open(kafka)) {
            connection.await(connection
                    .admin()
                    .incrementalAlterConfigs(Map.of(resource, operations))
                    .all());
        }
    }

    private static Properties consumerProperties(KafkaSettings kafka, String group, PromptQueueSettings settings) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.setProperty(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(settings.promptsPerFetch()));
        // Lanes that hold nothing are not polled. A generator that hangs is noticed by its leases running out.
        properties.setProperty(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
        return properties;
    }
}
