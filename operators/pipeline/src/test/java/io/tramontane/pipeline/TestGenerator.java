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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

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
    /** Fair: who pauses has its turn after the prompts that are being answered. */
    private final ReentrantLock answering = new ReentrantLock(true);
    /** Groups of which nothing is kept back. */
    private final Set<String> whole = ConcurrentHashMap.newKeySet();

    private BooleanSupplier keepsNothingBack = () -> false;
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
            answering.lock();
            try {
                prompts.poll(Duration.ofMillis(100)).forEach(this::answer);
            } finally {
                answering.unlock();
            }
        }
    }

    /** Answers nothing from when this returns until the same thread lets it go on. */
    void pause() {
        answering.lock();
    }

    /** Ends the pause; for as long as the condition holds, new groups are answered whole. */
    void goOn(BooleanSupplier keepsNothingBack) {
        this.keepsNothingBack = keepsNothingBack;
        answering.unlock();
    }

    private void answer(Prompt prompt) {
        if (keepsNothingBack.getAsBoolean()) {
            whole.add(prompt.getGroupId());
        }
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
    boolean comesLate(Group group) {
        return isLate(group.getGroupId());
    }

    /** Whether the group is never whole. */
    boolean staysIncomplete(Group group) {
        return isIncomplete(group.getGroupId());
    }

    private boolean isKeptBack(Prompt prompt, int sample) {
        String group = prompt.getGroupId();
        boolean asked = prompt.getSamples().contains(sample);
        return sample == prompt.getGroupSize() - 1 && (isIncomplete(group) || isLate(group) && !asked);
    }

    private boolean isLate(String groupId) {
        return LATE.contains(lastDigit(groupId)) && !whole.contains(groupId);
    }

    private boolean isIncomplete(String groupId) {
        return NEVER.contains(lastDigit(groupId)) && !whole.contains(groupId);
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
