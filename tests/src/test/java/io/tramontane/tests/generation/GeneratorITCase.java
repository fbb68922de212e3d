package io.tramontane.tests.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.generator.CompletionPublisher;
import io.tramontane.jobs.generator.Generator;
import io.tramontane.jobs.generator.GeneratorSettings;
import io.tramontane.kafka.prompts.PromptQueue;
import io.tramontane.kafka.prompts.PromptQueueSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.WeightsOutlet;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationSettings;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class GeneratorITCase {

    private static final PolicyConfig CONFIG = new PolicyConfig(300, 16, 24, 1, 2, 1, 8, 64, 1e-6, 10_000);
    private static final Weights BASE = Weights.initialise(CONFIG, 1);
    private static final WeightsTransportSettings TRANSPORT =
            new WeightsTransportSettings(100_000, 4, Duration.ofSeconds(30));
    private static final int GROUP_SIZE = 5;
    private static final int NEW_TOKENS = 12;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private PolicyTokenizer tokenizer;
    private Generator generator;
    private CompletableFuture<Void> running;

    @BeforeEach
    void start(TestRun run) throws Exception {
        String json = new BytePairTrainer(300, List.of()).train(List.of("a problem", "another problem"));
        tokenizer = open(PolicyTokenizer.parse(json, BytePairTrainer.endOfSequence()));
        PromptQueueSettings leases = new PromptQueueSettings(Duration.ofSeconds(10), 2, 4);
        generator = new Generator(
                "generator-1",
                7,
                // Fewer slots than the samples of two groups: some wait for others to end.
                new GeneratorSettings(6, 4),
                tokenizer,
                open(new GenerationEngine(
                        CONFIG,
                        new GenerationSettings(6, CONFIG.maximumPositions()),
                        tokenizer.endOfSequence(),
                        BASE,
                        WeightsVersion.BASE)),
                open(new PromptQueue(run.kafka(), run.runId(), leases)),
                open(new WeightsSubscriber(run.kafka(), run.runId(), TRANSPORT)),
                open(new CompletionPublisher(run.kafka(), run.runId())),
                Clock.systemUTC());
        running = CompletableFuture.runAsync(generator);
    }

    @AfterEach
    void stop() throws Exception {
        generator.stop();
        running.join();
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }

    @Test
    void everySampleOfAPromptBecomesOneWholeCompletion(TestRun run) {
        issue(run, prompt(run, "1", 0), prompt(run, "2", 0));

        List<Completion> completions = awaitCompletions(run, 2 * GROUP_SIZE);

        for (String problem : List.of("1", "2")) {
            String groupId = Identity.groupId(run.runId(), 0, problem);
            assertThat(completions)
                    .filteredOn(completion -> completion.getGroupId().equals(groupId))
                    .extracting(Completion::getCompletionId)
                    .containsExactlyInAnyOrder(
                            groupId + "/0", groupId + "/1", groupId + "/2", groupId + "/3", groupId + "/4");
        }
        for (Completion completion : completions) {
            int tokens = PackedNumbers.count(completion.getCompletionTokens());
            assertThat(tokens).isBetween(1, NEW_TOKENS);
            assertThat(PackedNumbers.count(completion.getLogProbs())).isEqualTo(tokens);
            assertThat(PackedNumbers.toInts(completion.getPromptTokens())).isEqualTo(tokenizer.encode("a problem"));
            assertThat(completion.getSpans()).containsExactly(new WeightSpan(0L, 0L, 0, tokens));
            assertThat(completion.getFinishReason())
                    .isEqualTo(
                            tokens == NEW_TOKENS && lastToken(completion) != tokenizer.endOfSequence()
                                    ? FinishReason.LENGTH
                                    : FinishReason.STOP);
        }
        await().untilAsserted(
                        () -> assertThat(generator.statistics().completions()).isEqualTo(2 * GROUP_SIZE));
    }

    @Test
    void aPromptWaitsForTheWeightsItAsksFor(TestRun run) throws Exception {
        issue(run, prompt(run, "later", 3), prompt(run, "now", 0));
        // The first in the queue must not start; it also keeps its turn, so nothing at all may come.
        await().during(Duration.ofMillis(700))
                .atMost(Duration.ofSeconds(10))
                .until(() -> completions(run).isEmpty());

        Weights newer = Weights.initialise(CONFIG, 2);
        try (WeightsOutlet outlet =
                KafkaWeightsOutlet.to(run.kafka(), run.runId(), TRANSPORT).open()) {
            outlet.publish(new WeightsVersion(1, 3), newer.serialize());
        }

        assertThat(awaitCompletions(run, 2 * GROUP_SIZE))
                .allSatisfy(completion -> assertThat(completion.getSpans())
                        .allMatch(span -> span.getIncarnation() == 1 && span.getVersion() == 3));
    }

    @Test
    void onlyTheSamplesThatAreMissingAreSampled(TestRun run) {
        Prompt whole = prompt(run, "1", 0);
        issue(run, whole);
        Map<String, Completion> first = byId(awaitCompletions(run, GROUP_SIZE));
        Prompt some = prompt(run, "1", 0);
        some.setSamples(List.of(1, 4));
        issue(run, some);

        List<Completion> all = awaitCompletions(run, GROUP_SIZE + 2);
        assertThat(all).hasSize(GROUP_SIZE + 2);
        assertThat(all.subList(GROUP_SIZE, all.size()))
                .extracting(Completion::getSampleIndex)
                .containsExactlyInAnyOrder(1, 4);
        assertThat(all)
                .allSatisfy(completion -> assertThat(completion.getCompletionTokens())
                        .as("the seed follows from the id")
                        .isEqualTo(first.get(completion.getCompletionId()).getCompletionTokens()));
    }

    private static Map<String, Completion> byId(List<Completion> completions) {
        return completions.stream().collect(Collectors.toMap(Completion::getCompletionId, completion -> completion));
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.add(part);
        return part;
    }

    private static int lastToken(Completion completion) {
        int[] tokens = PackedNumbers.toInts(completion.getCompletionTokens());
        return tokens[tokens.length - 1];
    }

    private static Prompt prompt(TestRun run, String problem, long minimumVersion) {
        return Prompt.newBuilder()
                .setGroupId(Identity.groupId(run.runId(), 0, problem))
                .setRunId(run.runId())
                .setSequence(0L)
                .setEpoch(0)
                .setProblemId(problem)
                .setProblem("a problem")
                .setReference("1")
                .setLanguage("en")
                .setGroupSize(GROUP_SIZE)
                .setSampling(new SamplingSettings(1f, NEW_TOKENS))
                .setMinimumVersion(minimumVersion)
                .setVerifier("numeric")
                .build();
    }

    private static void issue(TestRun run, Prompt... prompts) {
        try (RecordProducer<Prompt> producer =
                new RecordProducer<>(run.kafka(), Topic.PROMPTS, run.runId(), Prompt.class)) {
            for (Prompt prompt : prompts) {
                producer.send(prompt.getGroupId(), prompt);
            }
            producer.flush();
        }
    }

    private static List<Completion> completions(TestRun run) {
        return TopicReader.readAll(run.kafka(), Topic.COMPLETIONS, run.runId(), Completion.class);
    }

    private List<Completion> awaitCompletions(TestRun run, int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> running.isDone() || completions(run).size() >= count);
        return completions(run);
    }
}
