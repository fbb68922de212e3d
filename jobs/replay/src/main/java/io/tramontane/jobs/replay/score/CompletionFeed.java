package io.tramontane.jobs.replay.score;

import io.tramontane.jobs.replay.score.RecordedProblem.RecordedCompletion;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes recorded completions to the completions topic of a run, as a generator would. Nobody recorded their tokens:
 * their UTF-8 bytes stand in, with an end-of-sequence behind, and log-probabilities of zero.
 */
final class CompletionFeed {

    private static final int EPOCH = 0;
    private static final int END_OF_SEQUENCE = 256;

    private final String runId;
    private final long writtenAt;

    /** @param writtenAt milliseconds since the epoch */
    CompletionFeed(String runId, long writtenAt) {
        this.runId = runId;
        this.writtenAt = writtenAt;
    }

    /** Returns when the broker has all of them. */
    void write(KafkaSettings kafka, List<RecordedProblem> problems) {
        try (RecordProducer<Completion> producer =
                new RecordProducer<>(kafka, Topic.COMPLETIONS, runId, Completion.class)) {
            List<CompletableFuture<Void>> written = new ArrayList<>();
            for (RecordedProblem problem : problems) {
                for (int sample = 0; sample < problem.completions().size(); sample++) {
                    written.add(producer.send(groupId(problem), completion(problem, sample)));
                }
            }
            producer.flush();
            written.forEach(CompletableFuture::join);
        }
    }

    /** The identity under which a recorded completion travels. */
    String completionId(RecordedProblem problem, int sample) {
        return Identity.completionId(groupId(problem), sample);
    }

    private String groupId(RecordedProblem problem) {
        return Identity.groupId(runId, EPOCH, problem.id());
    }

    private Completion completion(RecordedProblem problem, int sample) {
        RecordedCompletion recorded = problem.completions().get(sample);
        int[] tokens = tokens(recorded.text());
        return Completion.newBuilder()
                .setCompletionId(completionId(problem, sample))
                .setGroupId(groupId(problem))
                .setRunId(runId)
                .setSampleIndex(sample)
                .setGroupSize(problem.completions().size())
                .setProblemId(problem.id())
                .setProblem(problem.problem())
                .setReference(problem.answer())
                .setLanguage(problem.language())
                .setText(recorded.text())
                .setPromptTokens(PackedNumbers.ints(tokens(problem.problem())))
                .setCompletionTokens(PackedNumbers.ints(tokens))
                .setLogProbs(PackedNumbers.floats(new float[tokens.length]))
                .setSpans(List.of(new WeightSpan(
                        WeightsVersion.BASE.incarnation(), WeightsVersion.BASE.version(), 0, tokens.length)))
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId(recorded.model())
                .setStartedAt(writtenAt)
                .setFinishedAt(writtenAt)
                .setVerifier(problem.verifier())
                .build();
    }

    private static int[] tokens(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] tokens = new int[bytes.length + 1];
        for (int index = 0; index < bytes.length; index++) {
            tokens[index] = Byte.toUnsignedInt(bytes[index]);
        }
        tokens[bytes.length] = END_OF_SEQUENCE;
        return tokens;
    }
}
