package io.tramontane.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.ledger.CompletionState;
import io.tramontane.jobs.ledger.Expectations;
import io.tramontane.jobs.ledger.Ledger;
import io.tramontane.jobs.ledger.LedgerReport;
import io.tramontane.jobs.ledger.Violation;
import io.tramontane.jobs.ledger.ViolationKind;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.Outcomes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsManifest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger over topics of a broker: what is committed counts, what was aborted does not, and the command says so. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class LedgerITCase {

    private static final int SIZE = 4;

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    private int ledger(TestRun run, String... options) {
        String[] arguments = new String[4 + options.length];
        arguments[0] = "ledger";
        arguments[1] = run.runId();
        arguments[2] = "--set";
        arguments[3] = "kafka.bootstrap-servers=" + run.kafka().bootstrapServers();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return Tramontane.commandLine(new PrintWriter(out, true), new PrintWriter(error, true))
                .execute(arguments);
    }

    @Test
    void aRunInOrderIsCleanAndSaysWhereEverythingWent(TestRun run) throws Exception {
        write(run);

        LedgerReport report = new Ledger(run.kafka(), run.runId(), Expectations.ofClosed()).audit();

        assertThat(report.violations().first()).isEmpty();
        assertThat(report.count(CompletionState.TRAINED)).isEqualTo(SIZE);
        assertThat(report.count(CompletionState.ZERO_VARIANCE)).isEqualTo(SIZE);
        assertThat(report.count(CompletionState.INCOMPLETE)).isEqualTo(2);
        assertThat(report.count(CompletionState.GATHERING)).isEqualTo(1);
        assertThat(report.count(CompletionState.UNREAD)).isEqualTo(1);
        assertThat(report.deliveries().duplicates()).isEqualTo(SIZE);
        assertThat(report.deliveries().unreadable()).isEqualTo(1);
        assertThat(report.oldestOpen()).isPresent();

        assertThat(ledger(run, "--closed", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("clean").asBoolean()).isTrue();
        assertThat(json.get("deliveries").asLong())
                .isEqualTo(report.deliveries().all());
        assertThat(json.at("/states/trained/completions").asInt()).isEqualTo(SIZE);
    }

    @Test
    void anAbortedTransactionIsNotSeenAndACommittedOneIs(TestRun run) throws Exception {
        write(run);
        Group repeated = group(run, "trained", GroupFate.TRAINABLE, SIZE);
        transaction(run, Topic.GROUPS, repeated, false);
        assertThat(ledger(run, "--closed")).as(out::toString).isZero();
        assertThat(out.toString()).contains("clean: 4 trained once, 6 dropped for one reason, 2 open");

        transaction(run, Topic.GROUPS, repeated, true);
        assertThat(ledger(run, "--closed")).isEqualTo(1);
        assertThat(out.toString())
                .contains("1 x the topic groups holds a group twice", repeated.getGroupId() + ": as TRAINABLE");
    }

    /** Two looks at a run that goes on: what is wrong stays wrong. */
    @Test
    void aLossInARunThatGoesOnIsFound(TestRun run) throws Exception {
        write(run);
        send(run, Topic.OUTCOMES, Outcome.class, "x", Outcomes.trained(run.runId(), groupId(run, "equal"), SIZE, 1, 9));

        LedgerReport report = new Ledger(run.kafka(), run.runId(), Expectations.ofRunning()).audit();

        assertThat(report.violations().first())
                .extracting(Violation::kind)
                .containsExactly(ViolationKind.IN_TWO_STATES);
    }

    @Test
    void aRunThatIsNowhereIsOneLine(TestRun run) {
        TestRun nowhere = new TestRun(run.kafka(), "nowhere");
        assertThat(ledger(nowhere)).isEqualTo(1);
        assertThat(error.toString().lines())
                .containsExactly("tramontane: there is no topic nowhere.steps at "
                        + run.kafka().bootstrapServers());
    }

    /** A trained group delivered twice, one without variance, one incomplete with a late sample, one unfinished. */
    private static void write(TestRun run) throws Exception {
        Group trained = group(run, "trained", GroupFate.TRAINABLE, SIZE);
        Group equal = group(run, "equal", GroupFate.ZERO_VARIANCE, SIZE);
        Group slow = group(run, "slow", GroupFate.INCOMPLETE, 1);
        for (int delivery = 0; delivery < 2; delivery++) {
            deliver(run, "trained", 0, SIZE);
        }
        deliver(run, "equal", 0, SIZE);
        deliver(run, "slow", 0, 2);
        deliver(run, "unfinished", 0, 1);
        RecordMetadata garbled = deliverGarbled(run);
        commitOffsets(run);
        deliver(run, "slow", 2, 3);

        send(run, Topic.STEPS, Step.class, run.runId(), step(run, trained));
        send(run, Topic.WEIGHTS_MANIFEST, WeightsManifest.class, run.runId(), manifest(run));
        for (Group group : List.of(trained, equal, slow)) {
            transaction(run, Topic.GROUPS, group, true);
        }
        long now = System.currentTimeMillis();
        for (Outcome outcome : List.of(
                Outcomes.trained(run.runId(), trained.getGroupId(), SIZE, 1, now),
                Outcomes.dropped(equal, DropReason.ZERO_VARIANCE, now),
                Outcomes.dropped(slow, DropReason.INCOMPLETE, now),
                Outcomes.dropped(completion(run, "slow", 1), DropReason.INCOMPLETE, now),
                Outcomes.dropped(completion(run, "trained", 1), DropReason.DUPLICATE, now))) {
            send(run, Topic.OUTCOMES, Outcome.class, outcome.getGroupId(), outcome);
        }
        send(
                run,
                Topic.DEAD_LETTERS,
                DeadLetter.class,
                null,
                new DeadLetter(garbled.topic(), garbled.partition(), garbled.offset(), "garbled", null, null, now));
    }

    private static String groupId(TestRun run, String problem) {
        return Identity.groupId(run.runId(), 0, problem);
    }

    private static Completion completion(TestRun run, String problem, int sample) {
        String group = groupId(run, problem);
        return Completion.newBuilder()
                .setCompletionId(Identity.completionId(group, sample))
                .setGroupId(group)
                .setRunId(run.runId())
                .setSampleIndex(sample)
                .setGroupSize(SIZE)
                .setProblemId(problem)
                .setProblem("How many?")
                .setReference("7")
                .setLanguage("en")
                .setText("text")
                .setPromptTokens(PackedNumbers.ints(new int[] {1}))
                .setCompletionTokens(PackedNumbers.ints(new int[] {1, 2, 3}))
                .setLogProbs(PackedNumbers.floats(new float[] {-1, -1, -1}))
                .setSpans(List.of(new WeightSpan(1L, 0L, 0, 3)))
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId("generator")
                .setStartedAt(1L)
                .setFinishedAt(2L)
                .build();
    }

    private static Group group(TestRun run, String problem, GroupFate fate, int samples) {
        List<ScoredCompletion> scored = IntStream.range(0, samples)
                .mapToObj(sample -> new ScoredCompletion(completion(run, problem, sample), 1.0, List.of(), 0.0))
                .toList();
        return Group.newBuilder()
                .setGroupId(groupId(run, problem))
                .setRunId(run.runId())
                .setProblemId(problem)
                .setLanguage("en")
                .setGroupSize(SIZE)
                .setCompletions(scored)
                .setRewardMean(0.5)
                .setRewardStd(0.5)
                .setFate(fate)
                .build();
    }

    private static Step step(TestRun run, Group group) {
        return Step.newBuilder()
                .setRunId(run.runId())
                .setStep(1L)
                .setIncarnation(1L)
                .setGroupIds(List.of(group.getGroupId()))
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.1)
                .setCompletionTokens(12L)
                .setMetrics(Map.of())
                .setWeightsHash("abc")
                .setFinishedAt(System.currentTimeMillis())
                .build();
    }

    private static WeightsManifest manifest(TestRun run) {
        return WeightsManifest.newBuilder()
                .setRunId(run.runId())
                .setIncarnation(1L)
                .setVersion(1L)
                .setTensors(List.of())
                .setTotalBytes(4L)
                .setChunkCount(1)
                .setFirstOffset(0L)
                .setCrc32c(0L)
                .setWeightsHash("abc")
                .setPublishedAt(System.currentTimeMillis())
                .build();
    }

    private static void deliver(TestRun run, String problem, int first, int end) {
        try (RecordProducer<Completion> producer =
                new RecordProducer<>(run.kafka(), Topic.COMPLETIONS, run.runId(), Completion.class)) {
            for (int sample = first; sample < end; sample++) {
                Completion completion = completion(run, problem, sample);
                producer.send(completion.getGroupId(), completion).join();
            }
        }
    }

    private static <T extends SpecificRecord> void send(TestRun run, Topic topic, Class<T> type, String key, T value) {
        try (RecordProducer<T> producer = new RecordProducer<>(run.kafka(), topic, run.runId(), type)) {
            producer.send(key, value).join();
        }
    }

    private static RecordMetadata deliverGarbled(TestRun run) throws Exception {
        try (var producer = new KafkaProducer<>(
                run.kafka().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = "not a completion".getBytes(StandardCharsets.UTF_8);
            return producer.send(new ProducerRecord<>(Topic.COMPLETIONS.nameFor(run.runId()), value))
                    .get();
        }
    }

    private static void transaction(TestRun run, Topic topic, Group group, boolean commit) {
        Properties properties = run.kafka().clientProperties();
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, run.runId());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    topic.nameFor(run.runId()),
                    group.getGroupId().getBytes(StandardCharsets.UTF_8),
                    RecordCodec.of(Group.class).encode(group)));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** As the job's last checkpoint does: up to everything there is. */
    private static void commitOffsets(TestRun run) throws Exception {
        String topic = Topic.COMPLETIONS.nameFor(run.runId());
        try (Admin admin = Admin.create(run.kafka().clientProperties())) {
            for (int partition = 0; partition < Topic.COMPLETIONS.partitions(); partition++) {
                var place = new TopicPartition(topic, partition);
                long end = admin.listOffsets(Map.of(place, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                        .partitionResult(place)
                        .get()
                        .offset();
                admin.alterConsumerGroupOffsets(run.runId() + ".pipeline", Map.of(place, new OffsetAndMetadata(end)))
                        .all()
                        .get();
            }
        }
    }
}
