package io.tramontane.jobs.ledger;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.CommittedOffsets;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsManifest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves from the topics of a run that every completion was trained in exactly one step, or dropped for one reason, or
 * is still open.
 *
 * <p>What counts as what:
 *
 * <ul>
 *   <li>A completion is an id that the topic {@code completions} holds; its further deliveries are duplicates.
 *   <li>{@code groups} and {@code steps} are written exactly once and stand. A completion in a group's record has the
 *       state of the group: trained in the step that names it, or dropped with the group's fate, or as stale when an
 *       outcome says that batching found the trainable group too old.
 *   <li>A completion in no record has the reason of its own outcome (late, or a misfit), or is open: not yet read, its
 *       group unfinished, or late so recently that its outcome may still come.
 *   <li>A record with a dead letter was malformed.
 *   <li>Anything else was lost: it was read and nothing accounts for it.
 * </ul>
 *
 * How outcomes, written at least once, are held against that is with {@link OutcomeAudit}; how weights are, with
 * {@link TrainingLog}. A group whose completions were all lost before it ended cannot be distinguished from one that is
 * open: what is open is reported with its age, and a prompt without an outcome is issued again in time.
 *
 * <p>While a run goes on, the sinks that write exactly once commit one after the other. What looks wrong is therefore
 * looked at a second time, and what was so for a moment only is left out.
 */
public final class Ledger {

    /** Longer than the sinks of one checkpoint take to commit. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final String runId;
    private final Expectations expectations;

    public Ledger(KafkaSettings kafka, String runId, Expectations expectations) {
        this.kafka = kafka;
        this.runId = runId;
        this.expectations = expectations;
    }

    /**
     * Reads the topics up to their present ends.
     *
     * @throws io.tramontane.kafka.KafkaUnreachableException when no broker answers
     * @throws io.tramontane.kafka.records.MissingTopicException when there is no such run
     * @throws InterruptedException when the thread is interrupted between two looks
     */
    public LedgerReport audit() throws InterruptedException {
        LedgerReport first = read();
        if (first.clean() || expectations.closed()) {
            return first;
        }
        Thread.sleep(SECOND_LOOK.toMillis());
        return confirmed(first, read());
    }

    private LedgerReport read() {
        long start = System.nanoTime();
        // Before everything else: what lies before these offsets had its effects committed by the same checkpoint.
        Map<Integer, Long> readUpTo = CommittedOffsets.ofJob(kafka, Topic.COMPLETIONS, runId);
        var book = new LedgerBook(runId, Topic.COMPLETIONS.nameFor(runId), expectations, readUpTo);
        TopicReader.forEach(kafka, Topic.STEPS, runId, Step.class, record -> book.step(record.value()));
        TopicReader.forEach(
                kafka, Topic.WEIGHTS_MANIFEST, runId, WeightsManifest.class, record -> book.manifest(record.value()));
        TopicReader.forEach(
                kafka, Topic.GROUPS, runId, Group.class, record -> book.group(record.value(), record.timestamp()));
        TopicReader.forEach(kafka, Topic.OUTCOMES, runId, Outcome.class, record -> book.outcome(record.value()));
        TopicReader.forEach(
                kafka, Topic.DEAD_LETTERS, runId, DeadLetter.class, record -> book.deadLetter(record.value()));
        book.beginCompletions();
        TopicReader.forEach(
                kafka,
                Topic.COMPLETIONS,
                runId,
                Completion.class,
                record -> book.completion(record.partition(), record.offset(), record.timestamp(), record.value()),
                record -> book.unreadableCompletion(record.partition(), record.offset(), record.cause()));
        return book.close((System.nanoTime() - start) / 1e9);
    }

    /** The second report without the violations that only one of the two has. */
    static LedgerReport confirmed(LedgerReport first, LedgerReport second) {
        Set<List<Object>> before = new HashSet<>();
        first.violations().first().forEach(violation -> before.add(List.of(violation.kind(), violation.subject())));
        Map<ViolationKind, Long> counts = new EnumMap<>(ViolationKind.class);
        List<Violation> lasting = second.violations().first().stream()
                .filter(violation -> before.contains(List.of(violation.kind(), violation.subject()))
                        // Not all are kept of a kind there is plenty of; plenty is no matter of moments.
                        || first.violations().counts().getOrDefault(violation.kind(), 0L) > Violations.KEPT_PER_KIND)
                .toList();
        lasting.forEach(violation -> counts.merge(violation.kind(), 1L, Long::sum));
        second.violations().counts().forEach((kind, count) -> {
            if (count > Violations.KEPT_PER_KIND && counts.containsKey(kind)) {
                counts.put(kind, count);
            }
        });
        return second.withViolations(new LedgerReport.Found(lasting, counts));
    }
}
