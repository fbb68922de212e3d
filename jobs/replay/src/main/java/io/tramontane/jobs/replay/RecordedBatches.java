package io.tramontane.jobs.replay;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.records.UnreadableRecord;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The training log of a run joined with its groups, step by step. Groups are read once, in the order of their topic,
 * and forgotten with their step, so what is held at a time is the distance between the two orders and not the run.
 */
final class RecordedBatches {

    /** Called for each step, in order. */
    @FunctionalInterface
    interface Consumer {
        void accept(Step step, List<Group> groups);
    }

    private final List<Step> steps;
    private final Set<String> wanted = new HashSet<>();

    private RecordedBatches(List<Step> steps) {
        this.steps = steps;
        steps.forEach(step -> wanted.addAll(step.getGroupIds()));
    }

    /**
     * Reads the log.
     *
     * @param beginning number of the step after which the run began; 0 unless it is a fork
     * @param last the last step to read; {@code Long.MAX_VALUE} for all
     * @throws ReplayException when a step cannot be read, is missing or stands there twice: such a run cannot be
     *     replayed
     */
    static RecordedBatches read(KafkaSettings kafka, String runId, long beginning, long last) {
        List<Step> steps = new ArrayList<>();
        TopicReader.forEach(
                kafka,
                Topic.STEPS,
                runId,
                Step.class,
                record -> steps.add(record.value()),
                record -> refuse(Topic.STEPS, runId, record));
        steps.sort(Comparator.comparingLong(Step::getStep));
        for (int index = 0; index < steps.size(); index++) {
            long due = beginning + index + 1;
            if (steps.get(index).getStep() != due) {
                throw new ReplayException("the training log of " + runId + " has step "
                        + steps.get(index).getStep() + " where step " + due + " should be");
            }
        }
        if (steps.isEmpty()) {
            throw new ReplayException("run " + runId + " has no steps to replay");
        }
        steps.removeIf(step -> step.getStep() > last);
        return new RecordedBatches(steps);
    }

    private static void refuse(Topic topic, String runId, UnreadableRecord record) {
        throw new ReplayException("the record at offset " + record.offset() + " of " + topic.nameFor(runId)
                + " cannot be read; another release may have written it: " + record.cause());
    }

    List<Step> steps() {
        return steps;
    }

    /**
     * Hands on every step with its groups.
     *
     * @param groupsRun the run whose topic holds the groups: the same, or a replay of its rewards
     * @throws ReplayException when a group of a step is not in the topic, or a record of it cannot be read
     */
    void forEach(KafkaSettings kafka, String groupsRun, Consumer consumer) {
        Map<String, Group> waiting = new HashMap<>();
        int[] next = {0};
        TopicReader.forEach(
                kafka,
                Topic.GROUPS,
                groupsRun,
                Group.class,
                record -> {
                    Group group = record.value();
                    if (wanted.contains(group.getGroupId())) {
                        waiting.put(group.getGroupId(), group);
                        next[0] = handOn(waiting, next[0], consumer);
                    }
                },
                record -> refuse(Topic.GROUPS, groupsRun, record));
        if (next[0] < steps.size()) {
            Step step = steps.get(next[0]);
            String missing = step.getGroupIds().stream()
                    .filter(id -> !waiting.containsKey(id))
                    .findFirst()
                    .orElseThrow();
            throw new ReplayException("group " + missing + " of step " + step.getStep() + " is not in the topic "
                    + Topic.GROUPS.nameFor(groupsRun));
        }
    }

    private int handOn(Map<String, Group> waiting, int first, Consumer consumer) {
        int next = first;
        while (next < steps.size()
                && waiting.keySet().containsAll(steps.get(next).getGroupIds())) {
            Step step = steps.get(next);
            consumer.accept(
                    step, step.getGroupIds().stream().map(waiting::remove).toList());
            next++;
        }
        return next;
    }
}
