package io.tramontane.pipeline;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Prompt;
import java.time.Duration;

/**
 * Answers every prompt of a run at once, on a thread of its own: each completion twice, as after a redelivery, and a
 * few that cannot be read. Of some groups it keeps the last sample back until it is asked for, of others for good.
 */
final class TestGenerator implements AutoCloseable {

    static final int UNREADABLE_RECORDS = 3;
    private static final String LATE = "16";
    private static final String NEVER = "27";

    private final TopicTail<Prompt> prompts;
    private final RecordProducer<Completion> completions;
    private final Thread thread;
    private volatile boolean closed;

    TestGenerator(KafkaSettings kafka) {
        prompts = new TopicTail<>(kafka, Topic.PROMPTS, TestCompletion.RUN, Prompt.class, StartAt.BEGINNING);
        completions = new RecordProducer<>(kafka, Topic.COMPLETIONS, TestCompletion.RUN, Completion.class);
        thread = new Thread(this::run, "test-generator");
    }

    void start() {
        thread.start();
    }

    private void run() {
        for (int i = 0; i < UNREADABLE_RECORDS; i++) {
            Completion unreadable = TestCompletion.of("unreadable", 0).completion();
            unreadable.setSampleIndex(-1);
            completions.send("unreadable", unreadable);
        }
        while (!closed) {
            prompts.poll(Duration.ofMillis(100)).forEach(this::answer);
        }
    }

    private void answer(Prompt prompt) {
        for (int sample = 0; sample < prompt.getGroupSize(); sample++) {
            if (isKeptBack(prompt, sample)) {
                continue;
            }
            Completion completion =
                    TestCompletion.of(prompt.getProblemId(), sample).completion();
            completions.send(prompt.getGroupId(), completion);
            completions.send(prompt.getGroupId(), completion);
        }
        completions.flush();
    }

    /** Whether the group is whole at the second asking only. */
    static boolean comesLate(Group group) {
        return LATE.contains(lastDigit(group.getGroupId()));
    }

    /** Whether the group is never whole. */
    static boolean staysIncomplete(Group group) {
        return NEVER.contains(lastDigit(group.getGroupId()));
    }

    private static boolean isKeptBack(Prompt prompt, int sample) {
        String digit = lastDigit(prompt.getGroupId());
        boolean asked = prompt.getSamples().contains(sample);
        return sample == prompt.getGroupSize() - 1 && (NEVER.contains(digit) || LATE.contains(digit) && !asked);
    }

    private static String lastDigit(String groupId) {
        return groupId.substring(groupId.length() - 1);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        prompts.close();
        completions.close();
    }
}
