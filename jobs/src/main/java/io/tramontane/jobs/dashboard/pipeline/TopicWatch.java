package io.tramontane.jobs.dashboard.pipeline;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.backlog.BacklogReader;
import io.tramontane.kafka.backlog.RunBacklog;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.WeightsManifest;
import java.time.Duration;
import java.util.Optional;

/** What the topics of a run say of its pipeline, opened when it is first asked. Used by one thread. */
final class TopicWatch implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final String runId;
    private final OpenGroups groups = new OpenGroups();
    private BacklogReader backlog;
    private TopicTail<Prompt> prompts;
    private TopicTail<Outcome> outcomes;
    private TopicTail<WeightsManifest> manifests;
    private Optional<WeightsManifest> weights = Optional.empty();
    private long answeredAtNanos = System.nanoTime();

    TopicWatch(KafkaSettings kafka, String runId) {
        this.kafka = kafka;
        this.runId = runId;
    }

    /** How far the run has come; empty when no broker answers. */
    Optional<RunBacklog> look() {
        try {
            if (backlog == null) {
                backlog = new BacklogReader(kafka, runId, ANSWER);
            }
            RunBacklog found = backlog.read();
            readTopics();
            answeredAtNanos = System.nanoTime();
            return Optional.of(found);
        } catch (KafkaUnreachableException silent) {
            return Optional.empty();
        }
    }

    private void readTopics() {
        if (prompts == null) {
            prompts = new TopicTail<>(kafka, Topic.PROMPTS, runId, Prompt.class, StartAt.BEGINNING);
            outcomes = new TopicTail<>(kafka, Topic.OUTCOMES, runId, Outcome.class, StartAt.BEGINNING);
            manifests = new TopicTail<>(kafka, Topic.WEIGHTS_MANIFEST, runId, WeightsManifest.class, StartAt.BEGINNING);
        }
        drain(prompts, record -> groups.asked(record.value(), record.timestamp()));
        drain(outcomes, record -> groups.ended(record.value()));
        drain(manifests, record -> weights = Optional.of(record.value()));
    }

    /** All there is, but for a second at most: the first look at a long run goes on at the next. */
    private static <T extends org.apache.avro.specific.SpecificRecord> void drain(
            TopicTail<T> tail, java.util.function.Consumer<io.tramontane.kafka.records.TopicRecord<T>> sink) {
        long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (tail.forEach(Duration.ofMillis(50), sink) > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** Since a broker answered last. */
    double silentSeconds() {
        return (System.nanoTime() - answeredAtNanos) / 1e9;
    }

    OpenGroups groups() {
        return groups;
    }

    Optional<WeightsManifest> weights() {
        return weights;
    }

    @Override
    public void close() {
        if (backlog != null) {
            backlog.close();
        }
        if (prompts != null) {
            prompts.close();
            outcomes.close();
            manifests.close();
        }
    }
}
