package io.tramontane.jobs.generator;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes completions and tells which ones the broker has made durable. A broker that is away for any time costs nothing
 * but that time: what the producer gives up is handed to it again. A completion may so be written twice, which
 * admission recognises by its id.
 *
 * <p>Called by the generator's thread; the producer's own thread reports back through concurrent queues, a counter and
 * one volatile failure. What is not durable yet is bounded in bytes by {@link #hasRoom()}, and in number by the groups
 * the generator may lease.
 */
public final class CompletionPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionPublisher.class);

    /**
     * Text and tokens that may wait for the broker: half of the producer's buffer, so that a completion handed over
     * finds room there and the generator goes on renewing its leases.
     */
    private static final long MAXIMUM_PENDING_BYTES = RecordProducer.BUFFER_BYTES / 2;

    private final RecordProducer<Completion> producer;
    private final Queue<String> durable = new ConcurrentLinkedQueue<>();
    private final Queue<Completion> givenUp = new ConcurrentLinkedQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private volatile Throwable failure;

    public CompletionPublisher(KafkaSettings kafka, String runId) {
        producer = new RecordProducer<>(kafka, Topic.COMPLETIONS, runId, Completion.class);
    }

    /** Whether another completion may be published without waiting for the broker. */
    boolean hasRoom() {
        return pendingBytes.get() < MAXIMUM_PENDING_BYTES;
    }

    /** Hands the completion to the producer; blocks only while the producer's buffer is full. */
    void publish(Completion completion) {
        pendingBytes.addAndGet(bytes(completion));
        send(completion);
    }

    private void send(Completion completion) {
        producer.send(completion.getGroupId(), completion).whenComplete((nothing, error) -> {
            if (error == null) {
                pendingBytes.addAndGet(-bytes(completion));
                durable.add(completion.getGroupId());
            } else if (error instanceof RetriableException) {
                givenUp.add(completion);
            } else {
                failure = error;
            }
        });
    }

    /**
     * The group id of every completion that became durable since the last call, one entry a completion.
     *
     * @throws IllegalStateException when the broker refuses a completion
     */
    List<String> drainDurable() {
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("a completion could not be written: " + failed.getMessage(), failed);
        }
        // One a call: while no broker answers each may block for as long as any call to it.
        Completion again = givenUp.poll();
        if (again != null) {
            LOG.info("the broker has not taken completion {} in time; written again", again.getCompletionId());
            send(again);
        }
        List<String> drained = new ArrayList<>();
        for (String groupId = durable.poll(); groupId != null; groupId = durable.poll()) {
            drained.add(groupId);
        }
        return drained;
    }

    /** What it takes in the producer's buffer, roughly: characters outside of ASCII take more. */
    private static long bytes(Completion completion) {
        return (long) completion.getText().length()
                + completion.getProblem().length()
                + completion.getReference().length()
                + completion.getPromptTokens().remaining()
                + completion.getCompletionTokens().remaining()
                + completion.getLogProbs().remaining();
    }

    @Override
    public void close() {
        producer.close();
    }
}
