package io.tramontane.tests.state;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.WeightSpan;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Completions as a test wants them: the first sample of a group is right and the others are wrong, so that the group
 * teaches something, and each sample has a length of its own. Used by one thread.
 */
public final class Answers implements AutoCloseable {

    /** Far ahead of any version that is trained: never stale. */
    private static final long FRESH = 1_000;

    private final RecordProducer<Completion> producer;

    public Answers(KafkaSettings kafka, String runId) {
        producer = new RecordProducer<>(kafka, Topic.COMPLETIONS, runId, Completion.class);
    }

    /** Delivers these samples; returns when they are durable. */
    public void send(Prompt prompt, int... samples) {
        send(prompt, FRESH, samples);
    }

    /** Delivers these samples as sampled by the base policy's weights. */
    void sendOld(Prompt prompt, int... samples) {
        send(prompt, 0, samples);
    }

    /** Delivers a sample that claims a larger group. */
    void sendMisfit(Prompt prompt, int sample) {
        Completion misfit = completion(prompt, sample, FRESH);
        misfit.setGroupSize(prompt.getGroupSize() + 1);
        producer.send(prompt.getGroupId(), misfit).join();
    }

    private void send(Prompt prompt, long version, int... samples) {
        CompletableFuture.allOf(Arrays.stream(samples)
                        .mapToObj(sample -> producer.send(prompt.getGroupId(), completion(prompt, sample, version)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static Completion completion(Prompt prompt, int sample, long version) {
        String answer = sample == 0 ? prompt.getReference() : "-" + sample;
        int[] tokens = new int[3 + sample];
        float[] logProbs = new float[tokens.length];
        Arrays.setAll(tokens, token -> 10 + 7 * sample + token);
        Arrays.fill(logProbs, -5.7f);
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
                .setText("<think>\nthink\n</think>\n\\boxed{" + answer + "}")
                .setPromptTokens(PackedNumbers.ints(new int[] {1, 2}))
                .setCompletionTokens(PackedNumbers.ints(tokens))
                .setLogProbs(PackedNumbers.floats(logProbs))
                .setSpans(List.of(new WeightSpan(1L, version, 0, tokens.length)))
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId("answers")
                .setStartedAt(1L)
                .setFinishedAt(2L)
                .setVerifier(prompt.getVerifier())
                .setStage(prompt.getStage())
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
