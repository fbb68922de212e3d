package io.tramontane.jobs.generator;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes completions and tells which ones the broker has made durable.
 *
 * <p>Called by the generator's thread; the producer's own thread reports back through a concurrent queue and one
 * volatile failure.
 */
public final class CompletionPublisher implements AutoCloseable {

    private final RecordProducer<Completion> producer;
    private final Queue<String> durable = new ConcurrentLinkedQueue<>();
    private volatile Throwable failure;

    public CompletionPublisher(KafkaSettings kafka, String runId) {
        producer = new RecordProducer<>(kafka, Topic.COMPLETIONS, runId, Completion.class);
    }

    /** Hands the completion to the producer; blocks only while the producer's buffer is full. */
    void publish(Completion completion) {
        String groupId = completion.getGroupId();
        producer.send(groupId, completion).whenComplete((nothing, error) -> {
            if (error == null) {
                durable.add(groupId);
            } else {
                failure = error;
            }
        });
    }

    /**
     * The group id of every completion that became durable since the last call, one entry a completion.
     *
     * @throws IllegalStateException when a completion could not be written in spite of the producer's retries
     */
    List<String> drainDurable() {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("a completion could not be written: " + failed.getMessage(), failed);
        }
        List<String> drained = new ArrayList<>();
        for (String groupId = durable.poll(); groupId != null; groupId = durable.poll()) {
            drained.add(groupId);
        }
        return drained;
    }

    @Override
    public void close() {
        producer.close();
    }
}
