package io.tramontane.jobs.page.pipeline;

import io.tramontane.jobs.page.diagnosis.Straggler;
import io.tramontane.jobs.page.pipeline.GroupsInFlight.Open;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.NewestRecords;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the group that waits for its last samples, when groups are open for longer than usual: only then are the newest
 * completions read, which may be large. Used by one thread.
 */
final class StragglerSearch {

    private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long LONG_MILLIS = 5_000;
    private static final int TIMES_USUAL = 4;
    private static final int OLDEST = 16;
    private static final int COMPLETIONS = 1024;
    private static final Duration READING = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final String runId;
    private long searchedAtNanos = System.nanoTime() - PAUSE_NANOS;
    private Optional<Straggler> found = Optional.empty();

    StragglerSearch(KafkaSettings kafka, String runId) {
        this.kafka = kafka;
        this.runId = runId;
    }

    /** @param now milliseconds since the epoch */
    Optional<Straggler> look(GroupsInFlight groups, long now) {
        long patience = Math.max(LONG_MILLIS, TIMES_USUAL * groups.usualMillis());
        List<Open> suspects = groups.oldest(OLDEST).stream()
                .filter(group -> now - group.askedAt() > patience)
                .toList();
        if (suspects.isEmpty()) {
            found = Optional.empty();
        } else if (System.nanoTime() - searchedAtNanos > PAUSE_NANOS) {
            searchedAtNanos = System.nanoTime();
            found = search(suspects, now);
        }
        return found;
    }

    private Optional<Straggler> search(List<Open> suspects, long now) {
        Map<String, Set<Integer>> samples = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        NewestRecords.forEach(kafka, Topic.COMPLETIONS, runId, Completion.class, COMPLETIONS, READING, record -> {
            Completion completion = record.value();
            samples.computeIfAbsent(completion.getGroupId(), group -> new HashSet<>())
                    .add(completion.getSampleIndex());
            newest.merge(completion.getGroupId(), record.timestamp(), Math::max);
        });
        return suspects.stream()
                .filter(group -> samples.containsKey(group.groupId()))
                .filter(group -> samples.get(group.groupId()).size() < group.size())
                .map(group -> new Straggler(
                        group.groupId(),
                        group.size() - samples.get(group.groupId()).size(),
                        group.size(),
                        (now - newest.get(group.groupId())) / 1e3))
                .filter(straggler -> straggler.seconds() * 1e3 > LONG_MILLIS / 2.0)
                .max(Comparator.comparingDouble(Straggler::seconds));
    }
}
