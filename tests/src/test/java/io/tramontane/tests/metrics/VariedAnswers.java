package io.tramontane.tests.metrics;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.WeightSpan;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers the prompts of a run so that everything comes to pass that an operator counts: by the prompt's sequence
 * number the group is plain, all wrong, without its last sample, too old, or with completions that come twice, that
 * claim another size or that nobody can read. On a thread of its own.
 */
final class VariedAnswers implements AutoCloseable {

    private static final int KINDS = 8;
    private static final String THOUGHTS =
            "First we count all of the things that are there, then we take away those that were given to somebody.";

    private final TopicTail<Prompt> prompts;
    private final RecordProducer<Completion> completions;
    private final KafkaProducer<byte[], byte[]> strays;
    private final String runId;
    private final Thread thread;
    private volatile long newest;
    private volatile boolean closed;
    private volatile Throwable failure;

    VariedAnswers(KafkaSettings kafka, String runId) {
        prompts = new TopicTail<>(kafka, Topic.PROMPTS, runId, Prompt.class, StartAt.BEGINNING);
        completions = new RecordProducer<>(kafka, Topic.COMPLETIONS, runId, Completion.class);
        strays = new KafkaProducer<>(kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
        this.runId = runId;
        thread = new Thread(this::run, "varied-answers");
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                prompts.poll(Duration.ofMillis(20)).forEach(this::answer);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void answer(Prompt prompt) {
        int kind = (int) (prompt.getSequence() % KINDS);
        boolean again = !prompt.getSamples().isEmpty();
        int size = prompt.getGroupSize();
        for (int sample = 0; sample < size; sample++) {
            boolean last = sample == size - 1;
            if (kind == 2 && (last || again)) {
                continue;
            }
            // Odd samples end on the newest weights, the others on those before.
            long version = kind == 3 ? 0 : Math.max(0, newest - (sample % 2 == 1 ? 0 : 1));
            boolean right = sample == 0 && kind != 1;
            send(completion(prompt, sample, version, right));
            if (kind == 4) {
                send(completion(prompt, sample, version, right));
            }
        }
        if (kind == 5) {
            Completion misfit = completion(prompt, size, newest, false);
            misfit.setGroupSize(size + 1);
            send(misfit);
        }
        if (kind == 6) {
            Completion unreadable = completion(prompt, 0, newest, false);
            unreadable.setSampleIndex(-1);
            send(unreadable);
            sendStray(Topic.OUTCOMES);
            sendStray(Topic.WEIGHTS_MANIFEST);
        }
        completions.flush();
    }

    private void sendStray(Topic topic) {
        byte[] stray = "not one of our records".getBytes(StandardCharsets.UTF_8);
        strays.send(new ProducerRecord<>(topic.nameFor(runId), stray, stray));
    }

    /** Tells which weights are the newest, as far as the test knows. */
    void newest(long version) {
        newest = version;
    }

    private void send(Completion completion) {
        completions.send(completion.getGroupId(), completion);
    }

    private static Completion completion(Prompt prompt, int sample, long version, boolean right) {
        String answer = right ? prompt.getReference() : "-" + (sample + 1);
        int[] tokens = new int[3 + sample];
        float[] logProbs = new float[tokens.length];
        Arrays.setAll(tokens, token -> 10 + 7 * sample + token);
        // Far less likely than they are under the policy: the ratio is clipped where the advantage is positive.
        Arrays.fill(logProbs, sample == 0 ? -8f : -5.5f);
        long now = Clock.systemUTC().millis();
        return Completion.newBuilder()
                .setCompletionId(Identity.completionId(prompt.getGroupId(), sample))
                .setGroupId(prompt.getGroupId())
                .setRunId(prompt.getRunId())
                .setSampleIndex(sample)
                .setGroupSize(prompt.getGroupSize())
                .setProblemId(prompt.getProblemId())
                .setProblem(prompt.getProblem())
                .setReference(prompt.getReference())
                .setLanguage(prompt.getLanguage())
                .setText("<think>\n" + THOUGHTS + "\n</think>\nThe answer is \\boxed{" + answer + "}")
                .setPromptTokens(PackedNumbers.ints(new int[] {1, 2}))
                .setCompletionTokens(PackedNumbers.ints(tokens))
                .setLogProbs(PackedNumbers.floats(logProbs))
                .setSpans(List.of(new WeightSpan(1L, version, 0, tokens.length)))
                .setFinishReason(sample == 2 ? FinishReason.LENGTH : FinishReason.STOP)
                .setGeneratorId("varied-answers")
                .setStartedAt(now)
                .setFinishedAt(now + 1)
                .setVerifier(prompt.getVerifier())
                .build();
    }

    /** Why it answers no more, if it does not; null while it does. */
    Throwable failure() {
        return failure;
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
        strays.close();
    }
}
