package io.tramontane.kafka.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.testing.ThreadLeakExtension;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith({ThreadLeakExtension.class, BrokerExtension.class})
class PromptQueueITCase {

    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final Duration ROUND = Duration.ofMillis(50);
    private static final PromptQueueSettings SETTINGS = new PromptQueueSettings(Duration.ofSeconds(30), 2, 4);

    @Test
    void handsOutInOrderWhatWasWrittenBefore(TestRun run) {
        write(run, 0, 6);
        try (PromptQueue queue = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            List<LeasedPrompt> leased = take(queue, 6);
            assertThat(leased)
                    .extracting(lease -> lease.prompt().getSequence())
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(leased).allSatisfy(lease -> {
                assertThat(lease.deliveryCount()).isEqualTo(1);
                assertThat(lease.timestamp()).isPositive();
            });
            leased.forEach(queue::acknowledge);
        }
        try (PromptQueue later = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            write(run, 6, 7);
            assertThat(take(later, 1))
                    .as("acknowledged prompts do not come again")
                    .extracting(lease -> lease.prompt().getSequence())
                    .containsExactly(6L);
        }
    }

    @Test
    void holdsNoMoreThanItMay(TestRun run) {
        write(run, 0, 20);
        try (PromptQueue queue = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            List<LeasedPrompt> leased = take(queue, 8);
            assertThat(queue.poll(ROUND, 1)).as("four fetches of two").isEmpty();
            // A fetch whose prompts are all finished makes room for the next.
            queue.acknowledge(leased.get(0));
            queue.acknowledge(leased.get(1));
            assertThat(take(queue, 1)).hasSize(1);
        }
    }

    @Test
    void returnsNoMoreThanAskedForAndLosesNothing(TestRun run) {
        write(run, 0, 4);
        try (PromptQueue queue = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            Set<String> seen = new HashSet<>();
            long deadline = System.nanoTime() + ENOUGH.toNanos();
            while (seen.size() < 4 && System.nanoTime() < deadline) {
                List<LeasedPrompt> leased = queue.poll(ROUND, 1);
                assertThat(leased).hasSizeLessThanOrEqualTo(1);
                leased.forEach(lease -> seen.add(lease.prompt().getGroupId()));
            }
            assertThat(seen).hasSize(4);
        }
    }

    @Test
    void releasedPromptsGoToAnother(TestRun run) {
        write(run, 0, 2);
        try (PromptQueue first = new PromptQueue(run.kafka(), run.runId(), SETTINGS);
                PromptQueue second = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            List<LeasedPrompt> leased = take(first, 2);
            first.acknowledge(leased.get(0));
            first.release(leased.get(1));
            LeasedPrompt again = take(second, 1).get(0);
            assertThat(again.prompt()).isEqualTo(leased.get(1).prompt());
            assertThat(again.deliveryCount()).isEqualTo(2);
        }
    }

    @Test
    void aClosedQueueReleasesWhatItHeld(TestRun run) {
        write(run, 0, 4);
        try (PromptQueue second = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            try (PromptQueue first = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
                assertThat(take(first, 4)).hasSize(4);
            }
            assertThat(take(second, 4)).allMatch(lease -> lease.deliveryCount() == 2);
        }
    }

    @Test
    void twoGeneratorsShareAndTheWorkOfADeadOneIsRedelivered(TestRun run) throws Exception {
        write(run, 0, 8);
        Process generator = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GeneratorProcess.class.getName(),
                        run.kafka().bootstrapServers(),
                        run.runId())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> held = new HashSet<>();
        var lines = generator.inputReader();
        held.add(lines.readLine());
        held.add(lines.readLine());
        assertThat(held).doesNotContainNull();

        try (PromptQueue survivor = new PromptQueue(run.kafka(), run.runId(), GeneratorProcess.SETTINGS)) {
            List<LeasedPrompt> others = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                LeasedPrompt lease = take(survivor, 1).get(0);
                others.add(lease);
                survivor.acknowledge(lease);
            }
            assertThat(others).extracting(lease -> lease.prompt().getGroupId()).doesNotContainAnyElementsOf(held);

            generator.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            List<LeasedPrompt> redelivered = take(survivor, 2);
            assertThat(redelivered)
                    .extracting(lease -> lease.prompt().getGroupId())
                    .containsExactlyInAnyOrderElementsOf(held);
            assertThat(redelivered).allMatch(lease -> lease.deliveryCount() > 1);
        }
    }

    @Test
    void renewedLeasesOutliveTheLeaseDuration(TestRun run) {
        write(run, 0, 3);
        PromptQueueSettings shortLease = new PromptQueueSettings(Duration.ofSeconds(1), 3, 2);
        try (PromptQueue worker = new PromptQueue(run.kafka(), run.runId(), shortLease);
                PromptQueue other = new PromptQueue(run.kafka(), run.runId(), shortLease)) {
            List<LeasedPrompt> leased = take(worker, 3);
            worker.acknowledge(leased.get(0));
            List<LeasedPrompt> stolen = new ArrayList<>();
            long end = System.nanoTime() + Duration.ofMillis(3500).toNanos();
            while (System.nanoTime() < end) {
                worker.renewAll();
                stolen.addAll(other.poll(ROUND, 3));
            }
            assertThat(stolen).as("leases are renewed").isEmpty();
            worker.acknowledge(leased.get(1));

            // From here on the worker says nothing.
            List<LeasedPrompt> lost = take(other, 1);
            assertThat(lost.get(0).prompt()).isEqualTo(leased.get(2).prompt());
            worker.acknowledge(leased.get(2));
            other.acknowledge(lost.get(0));
        }
    }

    @Test
    void aWorkerThatRenewsStillGetsNewPrompts(TestRun run) {
        PromptQueueSettings shortLease = new PromptQueueSettings(Duration.ofMillis(1000), 1, 4);
        try (PromptQueue worker = new PromptQueue(run.kafka(), run.runId(), shortLease)) {
            write(run, 0, 1);
            LeasedPrompt slow = take(worker, 1).get(0);
            for (int i = 1; i < 6; i++) {
                write(run, i, i + 1);
                LeasedPrompt quick = take(worker, 1).get(0);
                assertThat(quick.prompt().getSequence()).isEqualTo(i);
                worker.acknowledge(quick);
                long end = System.nanoTime() + Duration.ofMillis(400).toNanos();
                while (System.nanoTime() < end) {
                    assertThat(worker.poll(ROUND, 1)).isEmpty();
                }
            }
            worker.acknowledge(slow);
        }
    }

    @Test
    void whatArrivedDuringALongPauseIsNotHandedOutTwice(TestRun run) {
        PromptQueueSettings shortLease = new PromptQueueSettings(Duration.ofSeconds(1), 2, 1);
        try (PromptQueue paused = new PromptQueue(run.kafka(), run.runId(), shortLease)) {
            write(run, 0, 1);
            paused.acknowledge(take(paused, 1).get(0));
            // Leaves a fetch on its way, which leases what is written now.
            assertThat(paused.poll(Duration.ZERO, 1)).isEmpty();
            write(run, 1, 2);
            try (PromptQueue other = new PromptQueue(run.kafka(), run.runId(), shortLease)) {
                LeasedPrompt lease = take(other, 1).get(0);
                other.acknowledge(lease);
            }
            write(run, 2, 3);
            assertThat(take(paused, 1).get(0).prompt().getSequence()).isEqualTo(2);
        }
    }

    @Test
    void malformedPromptsAreRejectedAndReported(TestRun run) throws Exception {
        byte[] key = {7};
        byte[] value = {1, 2, 3};
        try (var producer = new KafkaProducer<>(
                run.kafka().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.PROMPTS.nameFor(run.runId()), key, value))
                    .get();
        }
        write(run, 0, 1);
        try (PromptQueue queue = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            assertThat(take(queue, 1).get(0).prompt().getSequence()).isZero();
        }
        List<DeadLetter> letters = TopicReader.readAll(run.kafka(), Topic.DEAD_LETTERS, run.runId(), DeadLetter.class);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.getTopic()).isEqualTo(Topic.PROMPTS.nameFor(run.runId()));
            assertThat(letter.getOffset()).isZero();
            assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
            assertThat(letter.getCause()).isNotBlank();
        });
    }

    @Test
    void whatIsNotLeasedCannotBeAcknowledged(TestRun run) {
        write(run, 0, 1);
        try (PromptQueue queue = new PromptQueue(run.kafka(), run.runId(), SETTINGS)) {
            LeasedPrompt lease = take(queue, 1).get(0);
            queue.acknowledge(lease);
            assertThatThrownBy(() -> queue.acknowledge(lease))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(lease.prompt().getGroupId());
        }
    }

    @Test
    void anUnreachableBrokerIsNamed() {
        KafkaSettings nobody = new KafkaSettings("127.0.0.1:1", Map.of("default.api.timeout.ms", "500"));
        assertThatThrownBy(() -> new PromptQueue(nobody, "run", SETTINGS).close())
                .isInstanceOf(KafkaUnreachableException.class);
    }

    private static List<LeasedPrompt> take(PromptQueue queue, int count) {
        List<LeasedPrompt> taken = new ArrayList<>();
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (taken.size() < count && System.nanoTime() < deadline) {
            taken.addAll(queue.poll(ROUND, count - taken.size()));
        }
        assertThat(taken).hasSize(count);
        return taken;
    }

    private static void write(TestRun run, int from, int to) {
        try (RecordProducer<Prompt> producer =
                new RecordProducer<>(run.kafka(), Topic.PROMPTS, run.runId(), Prompt.class)) {
            IntStream.range(from, to).forEach(i -> producer.send("group-" + i, prompt(run.runId(), i)));
            producer.flush();
        }
    }

    private static Prompt prompt(String runId, int sequence) {
        return Prompt.newBuilder()
                .setGroupId(runId + "/0/" + sequence)
                .setRunId(runId)
                .setSequence(sequence)
                .setEpoch(0)
                .setProblemId(Integer.toString(sequence))
                .setProblem("1 + " + sequence)
                .setReference(Integer.toString(1 + sequence))
                .setLanguage("en")
                .setGroupSize(4)
                .setSampling(new SamplingSettings(1f, 16))
                .setMinimumVersion(0)
                .build();
    }
}
