package io.tramontane.jobs.page.pipeline;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.backlog.BacklogReader;
import io.tramontane.kafka.backlog.RunBacklog;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.WeightsManifest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What the topics of a run say of its pipeline, opened when it is first asked. Used by one thread. */
final class TopicWatch implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final String runId;
    private final GroupsInFlight groups = new GroupsInFlight();
    private BacklogReader backlog;
    private TopicTail<Prompt> prompts;
    private TopicTail<Outcome> outcomes;
    private TopicTail<WeightsManifest> manifests;
    private Optional<WeightsManifest> weights = Optional.empty();
    private final LongSupplier nanos;
    /** When the question was asked that no broker has answered yet; empty while they answer. */
    private OptionalLong unansweredSinceNanos = OptionalLong.empty();

    TopicWatch(KafkaSettings kafka, String runId) {
        this(kafka, runId, System::nanoTime);
    }

    TopicWatch(KafkaSettings kafka, String runId, LongSupplier nanos) {
        this.kafka = kafka;
        this.runId = runId;
        this.nanos = nanos;
    }

    /** How far the run has come; empty when no broker answers. */
    Optional<RunBacklog> look() {
        if (unansweredSinceNanos.isEmpty()) {
            // Not since the last answer: nobody may have asked for hours.
            unansweredSinceNanos = OptionalLong.of(nanos.getAsLong());
        }
        try {
            if (backlog == null) {
                backlog = new BacklogReader(kafka, runId, ANSWER);
            }
            RunBacklog found = backlog.read();
            readTopics();
            unansweredSinceNanos = OptionalLong.empty();
            return Optional.of(found);
        } catch (KafkaUnreachableException silent) {
            return Optional.empty();
        }
    }

    private void readTopics() {
        if (prompts == null) {
            prompts = TopicTail.unhurried(kafka, Topic.PROMPTS, runId, Prompt.class);
            outcomes = TopicTail.unhurried(kafka, Topic.OUTCOMES, runId, Outcome.class);
            manifests = TopicTail.unhurried(kafka, Topic.WEIGHTS_MANIFEST, runId, WeightsManifest.class);
        }
        drain(prompts, record -> groups.asked(record.value(), record.timestamp()));
        drain(outcomes, record -> groups.ended(record.value()));
        drain(manifests, record -> weights = Optional.of(record.value()));
    }

    /** All there is, for a second at most: the first look at a long run goes on at the next. */
    private static <T extends org.apache.avro.specific.SpecificRecord> void drain(
            TopicTail<T> tail, java.util.function.Consumer<io.tramontane.kafka.records.TopicRecord<T>> sink) {
        long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        int read;
        do {
            read = tail.forEach(Duration.ofMillis(50), sink);
        } while (read > 0 && System.nanoTime() < deadline);
    }

    /** For how long brokers have been asked in vain; 0 while they answer. */
    double silentSeconds() {
        return unansweredSinceNanos.isPresent() ? (nanos.getAsLong() - unansweredSinceNanos.getAsLong()) / 1e9 : 0;
    }

    GroupsInFlight groups() {
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
