package io.tramontane.tests.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.generator.CompletionPublisher;
import io.tramontane.jobs.generator.Generator;
import io.tramontane.jobs.generator.GeneratorSettings;
import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.prompts.LeasedPrompt;
import io.tramontane.kafka.prompts.PromptQueue;
import io.tramontane.kafka.prompts.PromptQueueSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.testing.BrokerProcess;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
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
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import io.tramontane.schemas.WeightsVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed under a running generator and comes back on the same port with the same directory. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BrokerOutageITCase {

    private static final String RUN = "outage";
    private static final PolicyConfig CONFIG = new PolicyConfig(300, 16, 24, 1, 2, 1, 8, 64, 1e-6, 10_000);
    private static final Weights BASE = Weights.initialise(CONFIG, 1);
    private static final WeightsTransportSettings TRANSPORT =
            new WeightsTransportSettings(100_000, 4, Duration.ofSeconds(30));
    private static final PromptQueueSettings LEASES = new PromptQueueSettings(Duration.ofSeconds(2), 2, 8);
    private static final int GROUP_SIZE = 8;
    private static final int PROMPTS = 400;

    /** All of the clients' patience runs out during the outage, as it would with the defaults in a longer one. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "default.api.timeout.ms", "2000",
            "request.timeout.ms", "1000",
            "delivery.timeout.ms", "2000",
            "max.block.ms", "1000",
            "linger.ms", "0",
            "reconnect.backoff.max.ms", "200");

    private static final Duration OUTAGE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private BrokerProcess broker;
    private KafkaSettings kafka;
    private Generator generator;
    private CompletableFuture<Void> running;

    @BeforeEach
    void start() throws Exception {
        broker = open(BrokerProcess.start(directory));
        kafka = broker.settings(IMPATIENT);
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            admin.createMissing(RUN);
        }
        String json = new BytePairTrainer(300, List.of()).train(List.of("a problem", "another problem"));
        PolicyTokenizer tokenizer = open(PolicyTokenizer.parse(json, BytePairTrainer.endOfSequence()));
        generator = new Generator(
                "generator-1",
                7,
                new GeneratorSettings(8, 6),
                tokenizer,
                open(new GenerationEngine(
                        CONFIG,
                        new GenerationSettings(8, CONFIG.maximumPositions()),
                        tokenizer.endOfSequence(),
                        BASE,
                        WeightsVersion.BASE)),
                open(new PromptQueue(kafka, RUN, LEASES)),
                open(new WeightsSubscriber(kafka, RUN, TRANSPORT)),
                open(new CompletionPublisher(kafka, RUN)),
                Clock.systemUTC());
        running = CompletableFuture.runAsync(generator);
    }

    @AfterEach
    void stop() throws Exception {
        generator.stop();
        running.exceptionally(failure -> null).join();
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }

    @Test
    void theGeneratorGoesOnAndLosesNothing() throws Exception {
        try (TopicTail<Completion> tail =
                new TopicTail<>(kafka, Topic.COMPLETIONS, RUN, Completion.class, StartAt.BEGINNING)) {
            Set<String> seen = new HashSet<>();
            issue(0, PROMPTS);
            await().atMost(Duration.ofSeconds(60)).until(() -> read(tail, seen) > 2 * GROUP_SIZE);

            broker.kill();
            await().during(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> {
                read(tail, seen);
                return !running.isDone();
            });
            assertThat(seen).as("the outage came in the middle").hasSizeLessThan(PROMPTS * GROUP_SIZE);
            broker.start();

            issue(PROMPTS, PROMPTS + 2);
            Set<String> wanted = ids(PROMPTS + 2);
            await().atMost(Duration.ofSeconds(90)).until(() -> {
                read(tail, seen);
                return running.isDone() || seen.containsAll(wanted);
            });
            assertThat(running).isNotDone();
            assertThat(seen).containsExactlyInAnyOrderElementsOf(wanted);

            // Prompts whose leases the broker forgot may have gone round again; until they are done too.
            await().during(LEASES.leaseDuration())
                    .atMost(Duration.ofSeconds(60))
                    .until(generator::statistics, standsStill());

            Weights newer = Weights.initialise(CONFIG, 2);
            try (WeightsOutlet outlet =
                    KafkaWeightsOutlet.to(kafka, RUN, TRANSPORT).open()) {
                outlet.publish(new WeightsVersion(1, 1), newer.serialize());
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> generator.statistics().weights().equals(new WeightsVersion(1, 1)));
        }
        generator.stop();
        running.join();
        assertNothingIsLeftInTheQueue();
    }

    private void assertNothingIsLeftInTheQueue() {
        try (PromptQueue queue = new PromptQueue(kafka, RUN, LEASES)) {
            List<LeasedPrompt> left = new ArrayList<>();
            await().during(LEASES.leaseDuration().multipliedBy(2))
                    .atMost(LEASES.leaseDuration().multipliedBy(4))
                    .until(() -> {
                        left.addAll(queue.poll(Duration.ofMillis(50), 10));
                        return left.isEmpty();
                    });
        }
    }

    private static Predicate<GeneratorStatistics> standsStill() {
        AtomicLong before = new AtomicLong(-1);
        return statistics -> before.getAndSet(statistics.completions()) == statistics.completions();
    }

    private static int read(TopicTail<Completion> tail, Set<String> seen) {
        tail.poll(Duration.ofMillis(100)).forEach(completion -> seen.add(completion.getCompletionId()));
        return seen.size();
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.add(part);
        return part;
    }

    private static Set<String> ids(int prompts) {
        Set<String> ids = new HashSet<>();
        for (int prompt = 0; prompt < prompts; prompt++) {
            for (int sample = 0; sample < GROUP_SIZE; sample++) {
                ids.add(Identity.completionId(Identity.groupId(RUN, 0, Integer.toString(prompt)), sample));
            }
        }
        return ids;
    }

    private void issue(int from, int to) {
        try (RecordProducer<Prompt> producer = new RecordProducer<>(kafka, Topic.PROMPTS, RUN, Prompt.class)) {
            IntStream.range(from, to)
                    .mapToObj(BrokerOutageITCase::prompt)
                    .forEach(prompt -> producer.send(prompt.getGroupId(), prompt));
            producer.flush();
        }
    }

    private static Prompt prompt(int number) {
        return Prompt.newBuilder()
                .setGroupId(Identity.groupId(RUN, 0, Integer.toString(number)))
                .setRunId(RUN)
                .setSequence(number)
                .setEpoch(0)
                .setProblemId(Integer.toString(number))
                .setProblem("a problem")
                .setReference("1")
                .setLanguage("en")
                .setGroupSize(GROUP_SIZE)
                .setSampling(new SamplingSettings(1f, 24))
                .setMinimumVersion(0)
                .build();
    }
}
