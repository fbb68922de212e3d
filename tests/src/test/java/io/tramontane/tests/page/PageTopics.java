package io.tramontane.tests.page;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.SamplingSettings;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.Verdict;
import io.tramontane.schemas.WeightSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Writes what the parts of a run would have written. */
final class PageTopics {

    static final int SIZE = 4;
    private static final int TOKENS = 12;

    private final KafkaSettings kafka;
    private final String runId;

    PageTopics(KafkaSettings kafka, String runId) {
        this.kafka = kafka;
        this.runId = runId;
    }

    void prompt(String problem) {
        send(
                Topic.PROMPTS,
                Prompt.class,
                groupId(problem),
                Prompt.newBuilder()
                        .setGroupId(groupId(problem))
                        .setRunId(runId)
                        .setSequence(0)
                        .setEpoch(0)
                        .setProblemId(problem)
                        .setProblem("How many?")
                        .setReference("7")
                        .setLanguage("en")
                        .setGroupSize(SIZE)
                        .setSampling(new SamplingSettings(1f, 48))
                        .setMinimumVersion(0)
                        .build());
    }

    void completions(String problem, int count) {
        for (int sample = 0; sample < count; sample++) {
            send(Topic.COMPLETIONS, Completion.class, groupId(problem), completion(problem, sample, "text"));
        }
    }

    void outcome(String problem, OutcomeKind kind, DropReason reason) {
        send(
                Topic.OUTCOMES,
                Outcome.class,
                groupId(problem),
                Outcome.newBuilder()
                        .setRunId(runId)
                        .setGroupId(groupId(problem))
                        .setKind(kind)
                        .setDropReason(reason)
                        .setCompletions(SIZE)
                        .setAt(System.currentTimeMillis())
                        .build());
    }

    /**
     * A group whose completions have these texts; the first is right, the second in the wrong language, the third
     * crashed.
     */
    void group(String problem, String... texts) {
        List<ScoredCompletion> scored = new ArrayList<>();
        for (int sample = 0; sample < texts.length; sample++) {
            Verdict correctness = sample == 0 ? Verdict.CORRECT : sample == 2 ? Verdict.CRASHED : Verdict.WRONG;
            Verdict language = sample == 1 ? Verdict.WRONG : Verdict.CORRECT;
            scored.add(new ScoredCompletion(
                    completion(problem, sample, texts[sample]),
                    sample == 0 ? 1.1 : 0.2,
                    List.of(
                            new RewardComponent("correctness", sample == 0 ? 0.9 : 0, correctness, "7 or not 7", 40L),
                            new RewardComponent(
                                    "language", sample == 1 ? 0 : 0.1, language, "recognised by letters", 9L)),
                    sample == 0 ? 0.675 : -0.225));
        }
        send(
                Topic.GROUPS,
                Group.class,
                groupId(problem),
                Group.newBuilder()
                        .setGroupId(groupId(problem))
                        .setRunId(runId)
                        .setProblemId(problem)
                        .setLanguage("en")
                        .setGroupSize(SIZE)
                        .setCompletions(scored)
                        .setRewardMean(0.425)
                        .setRewardStd(0.39)
                        .setFate(GroupFate.TRAINABLE)
                        .build());
    }

    void step(long number, String... problems) {
        send(
                Topic.STEPS,
                Step.class,
                runId,
                Step.newBuilder()
                        .setRunId(runId)
                        .setStep(number)
                        .setIncarnation(1L)
                        .setGroupIds(
                                List.of(problems).stream().map(this::groupId).toList())
                        .setAdvantageMean(0.0)
                        .setAdvantageStd(1.0)
                        .setLoss(0.5 / number)
                        .setCompletionTokens(120L)
                        .setMetrics(Map.of(
                                "rewardMean", 1 - 0.7 / number,
                                "accuracy", 1 - 0.8 / number,
                                "languageConsistency", 1 - 0.5 / number,
                                "lengthMean", 22.0,
                                "lagMean", 0.5,
                                "entropy", 1.2 / number,
                                "klEstimate", 0.001,
                                "gradientNorm", 0.8,
                                "aFigureOfTomorrow", 3.0))
                        .setWeightsHash("abc")
                        .setFinishedAt(1_700_000_000_000L + 1_000 * number)
                        .build());
    }

    private String groupId(String problem) {
        return Identity.groupId(runId, 0, problem);
    }

    private Completion completion(String problem, int sample, String text) {
        return Completion.newBuilder()
                .setCompletionId(Identity.completionId(groupId(problem), sample))
                .setGroupId(groupId(problem))
                .setRunId(runId)
                .setSampleIndex(sample)
                .setGroupSize(SIZE)
                .setProblemId(problem)
                .setProblem("How many?")
                .setReference("7")
                .setLanguage("en")
                .setText(text)
                .setPromptTokens(PackedNumbers.ints(new int[] {1}))
                .setCompletionTokens(PackedNumbers.ints(new int[TOKENS]))
                .setLogProbs(PackedNumbers.floats(new float[TOKENS]))
                .setSpans(List.of(new WeightSpan(1L, 6L, 0, TOKENS / 2), new WeightSpan(1L, 7L, TOKENS / 2, TOKENS)))
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId("generator")
                .setStartedAt(1_000L)
                .setFinishedAt(2_500L)
                .build();
    }

    private <T extends SpecificRecord> void send(Topic topic, Class<T> type, String key, T value) {
        try (RecordProducer<T> producer = new RecordProducer<>(kafka, topic, runId, type)) {
            producer.send(key, value).join();
        }
    }
}
