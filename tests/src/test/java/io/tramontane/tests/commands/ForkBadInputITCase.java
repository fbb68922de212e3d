package io.tramontane.tests.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can get wrong about a fork ends with one clear line, and no run is made. */
class ForkBadInputITCase {

    private static final String RUN = "recorded";
    private static final PolicyConfig POLICY = new PolicyConfig(300, 8, 12, 1, 2, 1, 4, 64, 1e-6, 10_000);

    /** What a test does to the topics of the run. */
    @FunctionalInterface
    private interface Change {
        void of(KafkaSettings kafka) throws Exception;
    }

    @TempDir
    private Path runs;

    private final StringWriter error = new StringWriter();
    private Path run;

    @BeforeEach
    void aRunOfTwoStepsOfWhichNoGroupIsThere() throws Exception {
        run = Files.createDirectory(runs.resolve(RUN));
        Files.writeString(run.resolve("config.yaml"), "training:\n  maximum-steps: 2\n");
        String tokenizer = new BytePairTrainer(300, List.of()).train(List.of("a problem"));
        PolicyFiles.save(
                run.resolve("base"),
                new PolicyBundle(POLICY, Weights.initialise(POLICY, 1), tokenizer, BytePairTrainer.endOfSequence()));
    }

    @Test
    void aStepThatIsNoneIsSaidSo() {
        for (String wrong : List.of(RUN, RUN + "@", "@3", RUN + "@last", RUN + "@0", RUN + "@-1")) {
            assertThat(fork(wrong)).isEqualTo(1);
        }

        assertThat(errors())
                .hasSize(6)
                .allMatch(line -> line.startsWith("tramontane: --fork takes a run and the number of one of its steps,"
                        + " RUN@STEP (runs/mine@12 for example), not '"));
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        assertThat(fork("nobody@3")).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: there is no run nobody in " + runs + " (--output says where to look)");
    }

    @Test
    void aRunThatWasNotRecordedHereIsNamed() {
        assertThat(fork(RUN + "@1")).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: there is no topic recorded.steps: nothing was recorded, or the run's"
                        + " folder, whose name is the run's id, was renamed");
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void aStepBeyondTheLastIsNamedWithTheLast() throws Exception {
        record(kafka -> {});

        assertThat(fork(RUN + "@3", "--steps", "10")).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: run recorded has no step 3 to be forked after; its last is 2");
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void aForkWithoutAStepToDoIsSaidSo() throws Exception {
        record(kafka -> {});

        assertThat(fork(RUN + "@2")).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: the fork would have nothing to do: it begins after step 2 and"
                        + " training.maximum-steps is 2; --steps takes the number of its last step, counted from the"
                        + " parent's first");
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void groupsThatAreMissingAreNamed() throws Exception {
        record(kafka -> {});

        assertThat(fork(RUN + "@1")).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: group recorded/0/a of step 1 is not in the topic recorded.groups");
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void trimmedTopicsAreNamed() throws Exception {
        record(kafka -> {
            try (Admin admin = Admin.create(kafka.clientProperties())) {
                var steps = new TopicPartition(Topic.STEPS.nameFor(RUN), 0);
                admin.deleteRecords(Map.of(steps, RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get();
            }
        });

        assertThat(fork(RUN + "@2")).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: the first 1 records of recorded.steps are deleted: run recorded cannot be"
                        + " forked any more, because that takes training it again from its first step");
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void aRunOfAnotherReleaseIsNamed() throws Exception {
        record(kafka -> {
            Properties properties = kafka.clientProperties();
            try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                byte[] unknown = "a step of long ago".getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(Topic.STEPS.nameFor(RUN), unknown))
                        .get();
            }
        });

        assertThat(fork(RUN + "@1")).isEqualTo(1);
        assertThat(execute("replay", run.toString(), "--training", "--as", "again"))
                .isEqualTo(1);

        assertThat(errors())
                .hasSize(2)
                .allMatch(line -> line.startsWith("tramontane: the record at offset 2 of recorded.steps cannot be read;"
                        + " another release may have written it: "));
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void settingsThatAreUnknownAreNamed() throws IOException {
        assertThat(fork(RUN + "@1", "--set", "training.optimizer.learning-rat=1"))
                .isEqualTo(2);
        Files.writeString(run.resolve("config.yaml"), "training:\n  clip: 0.2\n");
        assertThat(fork(RUN + "@1")).isEqualTo(2);

        assertThat(errors())
                .hasSize(2)
                .allMatch(line -> line.contains("unknown key"))
                .satisfies(
                        line -> assertThat(line).contains("did you mean training.optimizer.learning-rate?"), atIndex(0))
                .satisfies(
                        line -> assertThat(line).startsWith("tramontane: config.yaml:2: training.clip: "), atIndex(1));
        assertOnlyTheRecordedRunIsThere();
    }

    @Test
    void aForkNeedsNoOtherBeginning() {
        assertThat(fork(RUN + "@1", "--policy", run.resolve("base").toString())).isEqualTo(1);
        assertThat(fork(RUN + "@1", "--resume", RUN)).isEqualTo(1);
        assertThat(fork(RUN + "@1", "--id", RUN)).isEqualTo(1);

        assertThat(errors())
                .containsExactly(
                        "tramontane: --fork begins a new run with another one's policy; leave --policy out",
                        "tramontane: --fork begins a new run with another one's policy; leave --resume out",
                        "tramontane: run recorded exists in " + runs
                                + "; go on with --resume recorded, or choose another --id");
        assertOnlyTheRecordedRunIsThere();
    }

    private void record(Change change) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("kafka"))) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (TopicAdmin topics = new TopicAdmin(kafka)) {
                topics.createMissing(RUN);
            }
            try (var producer = new RecordProducer<>(kafka, Topic.STEPS, RUN, Step.class)) {
                producer.send(RUN, step(1, "a")).join();
                producer.send(RUN, step(2, "b")).join();
            }
            change.of(kafka);
        }
    }

    private static Step step(long number, String problem) {
        return Step.newBuilder()
                .setRunId(RUN)
                .setStep(number)
                .setIncarnation(1L)
                .setGroupIds(List.of(RUN + "/0/" + problem))
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.1)
                .setCompletionTokens(10L)
                .setMetrics(Map.of())
                .setWeightsHash("hash")
                .setFinishedAt(1L)
                .build();
    }

    private int fork(String point, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--output", runs.toString(), "--fork", point));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(arguments);
    }

    private List<String> errors() {
        return error.toString().lines().toList();
    }

    private void assertOnlyTheRecordedRunIsThere() {
        try (Stream<Path> entries = Files.list(runs)) {
            assertThat(entries).containsExactly(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
