package io.tramontane.jobs.lab.throughput;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A generator in a process of its own that writes faster than the job reads. It keeps no more than a bounded number of
 * completions ahead of the job's checkpoints and empties the topics behind them, so that a benchmark of any length fits
 * on the disk.
 */
final class FeedProcess {

    /** Completions that wait for the job. */
    private static final long AHEAD = 300_000;

    private static final int CHECK_EVERY = 10_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final KafkaSettings kafka;
    private final String runId;
    private final CompletionSequence sequence;
    private final AtomicLong failed = new AtomicLong();
    private long written;

    private FeedProcess(KafkaSettings kafka, String runId, CompletionSequence sequence) {
        this.kafka = kafka;
        this.runId = runId;
        this.sequence = sequence;
    }

    /** Starts it; it ends when all is written. */
    static JavaProcess start(KafkaSettings kafka, String runId, ThroughputBenchmark.Plan plan, Path log)
            throws IOException {
        return JavaProcess.start(
                FeedProcess.class,
                "512m",
                log,
                kafka.bootstrapServers(),
                runId,
                Long.toString(plan.groups()),
                Integer.toString(plan.openGroups()));
    }

    public static void main(String[] arguments) {
        new FeedProcess(
                        new KafkaSettings(arguments[0], Map.of()),
                        arguments[1],
                        new CompletionSequence(
                                arguments[1], Long.parseLong(arguments[2]), Integer.parseInt(arguments[3])))
                .run();
    }

    private void run() {
        try (BenchmarkTopics topics = new BenchmarkTopics(kafka, runId);
                RecordProducer<Completion> producer =
                        new RecordProducer<>(kafka, Topic.COMPLETIONS, runId, Completion.class)) {
            sequence.forEach(completion -> {
                producer.send(completion.getGroupId(), completion).whenComplete((nothing, error) -> {
                    if (error != null) {
                        failed.incrementAndGet();
                    }
                });
                written++;
                if (written % CHECK_EVERY == 0) {
                    keepDistance(topics);
                }
            });
            producer.flush();
        }
        if (failed.get() > 0) {
            System.err.println(failed + " completions could not be written");
            System.exit(1);
        }
    }

    private void keepDistance(BenchmarkTopics topics) {
        while (written - topics.emptyBehindTheJob() > AHEAD) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
