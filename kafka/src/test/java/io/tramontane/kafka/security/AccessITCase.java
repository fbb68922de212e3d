package io.tramontane.kafka.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.prompts.LeasedPrompt;
import io.tramontane.kafka.prompts.PromptQueue;
import io.tramontane.kafka.prompts.PromptQueueSettings;
import io.tramontane.kafka.records.CommittedOffsets;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.testing.SecuredBroker;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.weights.WeightsPayload;
import io.tramontane.kafka.weights.WeightsPublisher;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import io.tramontane.schemas.TensorEntry;
import io.tramontane.schemas.WeightsVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of client against a broker with TLS, SCRAM and access control, each with the rights of its role alone. */
@Timeout(120)
class AccessITCase {

    private static final WeightsTransportSettings TRANSPORT =
            new WeightsTransportSettings(1_000, 1, Duration.ofSeconds(10));

    @TempDir
    private static Path directory;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        broker = SecuredBroker.start(directory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void theOperatorCreatesTheTopicsAndNoOther() {
        broker.allow(Role.OPERATOR, "created");
        try (TopicAdmin admin = new TopicAdmin(broker.as(Role.OPERATOR))) {
            assertThat(admin.createMissing("created")).containsExactlyInAnyOrder(Topic.values());
            assertThat(admin.createMissing("created")).isEmpty();
            assertThatThrownBy(() -> admin.createMissing("another-run")).isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void aGeneratorLeasesPromptsAndReceivesWeights() throws InterruptedException {
        String run = topicsOf("generated");
        broker.allow(Role.JOB, run);
        broker.allow(Role.GENERATOR, run);
        KafkaSettings job = broker.as(Role.JOB);
        KafkaSettings generator = broker.as(Role.GENERATOR);

        try (RecordProducer<Prompt> prompts = new RecordProducer<>(job, Topic.PROMPTS, run, Prompt.class);
                WeightsPublisher weights = new WeightsPublisher(job, run, TRANSPORT)) {
            prompts.send("group", prompt(run)).join();
            // Two versions of which one is kept: the publisher has to trim.
            for (long version = 1; version <= 2; version++) {
                weights.publish(new WeightsVersion(1, version), payload(), "hash");
            }
        }
        try (PromptQueue queue =
                        new PromptQueue(generator, run, new PromptQueueSettings(Duration.ofSeconds(10), 1, 1));
                WeightsSubscriber weights = new WeightsSubscriber(generator, run, TRANSPORT)) {
            List<LeasedPrompt> leased = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                leased.addAll(queue.poll(Duration.ofMillis(200), 1));
                return !leased.isEmpty();
            });
            queue.acknowledge(leased.get(0));
            assertThat(weights.newest(Duration.ofSeconds(10)))
                    .hasValueSatisfying(
                            received -> assertThat(received.version()).isEqualTo(new WeightsVersion(1, 2)));
        }
    }

    @Test
    void aGeneratorCannotWriteWhatIsTheJobs() {
        String run = topicsOf("intruded");
        broker.allow(Role.GENERATOR, run);
        assertThatThrownBy(() -> writeOutcome(broker.as(Role.GENERATOR), run))
                .hasRootCauseInstanceOf(AuthorizationException.class);
    }

    @Test
    void aReaderReadsEveryTopicAndWritesNone() {
        String run = topicsOf("read");
        broker.allow(Role.JOB, run);
        broker.allow(Role.READER, run);
        writeOutcome(broker.as(Role.JOB), run);

        KafkaSettings reader = broker.as(Role.READER);
        assertThat(TopicReader.readAll(reader, Topic.OUTCOMES, run, Outcome.class))
                .hasSize(1);
        try (TopicAdmin admin = new TopicAdmin(reader)) {
            assertThat(admin.describe(run)).hasSize(Topic.values().length);
        }
        assertThat(CommittedOffsets.ofJob(reader, Topic.COMPLETIONS, run)).isEmpty();
        assertThatThrownBy(() -> writeOutcome(reader, run)).hasRootCauseInstanceOf(AuthorizationException.class);
    }

    @Test
    void nobodyComesInWithoutTlsOrWithAWrongPassword() {
        KafkaSettings plain = new KafkaSettings(broker.bootstrapServers(), Map.of());
        assertThat(TopicAdmin.reachable(plain, Duration.ofSeconds(3))).isFalse();

        Map<String, String> wrong = new HashMap<>(broker.as(Role.JOB).properties());
        wrong.computeIfPresent("sasl.jaas.config", (key, line) -> line.replace("password-of-job", "guessed"));
        KafkaSettings guessed = new KafkaSettings(broker.bootstrapServers(), wrong);
        assertThatThrownBy(() -> new TopicAdmin(guessed).close()).hasMessageContaining("Authentication failed");
    }

    private static String topicsOf(String run) {
        broker.allow(Role.OPERATOR, run);
        try (TopicAdmin admin = new TopicAdmin(broker.as(Role.OPERATOR))) {
            admin.createMissing(run);
        }
        return run;
    }

    private static void writeOutcome(KafkaSettings settings, String run) {
        Outcome outcome = Outcome.newBuilder()
                .setRunId(run)
                .setGroupId("group")
                .setKind(OutcomeKind.TRAINED)
                .setStep(1L)
                .setCompletions(4)
                .setAt(0)
                .build();
        try (RecordProducer<Outcome> producer = new RecordProducer<>(settings, Topic.OUTCOMES, run, Outcome.class)) {
            producer.send("group", outcome).join();
        }
    }

    private static Prompt prompt(String run) {
        return Prompt.newBuilder()
                .setGroupId("group")
                .setRunId(run)
                .setSequence(0)
                .setEpoch(0)
                .setProblemId("1")
                .setProblem("1+1")
                .setReference("2")
                .setLanguage("en")
                .setGroupSize(1)
                .setSampling(new SamplingSettings(1f, 8))
                .setMinimumVersion(0)
                .build();
    }

    private static WeightsPayload payload() {
        return new WeightsPayload(
                List.of(new TensorEntry("tensor", List.of(1_000L), 0L)), ByteBuffer.allocate(4 * 1_000));
    }
}
