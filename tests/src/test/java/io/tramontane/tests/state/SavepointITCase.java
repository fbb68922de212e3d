package io.tramontane.tests.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.ledger.CompletionState;
import io.tramontane.jobs.ledger.Expectations;
import io.tramontane.jobs.ledger.Ledger;
import io.tramontane.jobs.ledger.LedgerReport;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.CommittedOffsets;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.tests.flink.FlinkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints of the whole training job as released versions wrote them, one folder a version: restored into today's
 * topology, at parallelism 1 and 2, with every part of the state required to find its operator.
 *
 * <p>A savepoint alone would prove only that bytes can be read. Its offsets mean records of a broker that is gone, so
 * the records of the topics lie beside it and are written to a new broker at the same offsets first. The job then goes
 * on with the run as if nothing had happened, and that each state came back shows in what it does with it:
 *
 * <ul>
 *   <li>admission recognises a sample it saw before, which grouping, where it does not fit, would call malformed
 *       ({@code group-memory});
 *   <li>grouping completes a group with the one sample that was missing ({@code open-completions}), and gives a late
 *       completion the reason for which its group ended ({@code closed-group});
 *   <li>the trainer trains the batch that waited ({@code micro-batches}) as step 3, on the weights of step 2 and not on
 *       the base policy's ({@code trainer}: announced under the new incarnation with the hash of step 2);
 *   <li>batching fills up the batch it had begun ({@code batch}) to step 4;
 *   <li>the scheduler goes on where it was and issues nothing twice ({@code schedule});
 *   <li>the sources read on, not again ({@code SourceReaderState}): nothing is a duplicate that was sent once;
 *   <li>the ledger over the records of both lives is clean.
 * </ul>
 *
 * <p>Transactions that the savepoint names do not exist on the new broker; the sinks find out and go on. That they
 * abort and commit those that do exist is what {@link RescaleITCase} shows.
 *
 * <p>To write the savepoint of a new version, into a folder of its name, after a release:
 *
 * <pre>
 * mvn -pl tests -am verify -Dit.test='SavepointITCase#write' -Dtramontane.savepoint=2 \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dtest=None
 * </pre>
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@ExtendWith(FlinkExtension.class)
class SavepointITCase {

    /** Part of every id and every topic's name in the stored records. */
    private static final String RUN = "stored";

    static final Path STORED = Path.of("src", "test", "resources", "savepoints");
    private static final long LARGEST_BYTES = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Issued as the seventh, whole, and then waiting in the batch that was begun. */
    private static final int BATCHED = 6;

    /** Issued as the eighth; stale by its first sample. */
    private static final int STALE = 7;

    /** Issued as the ninth; its last sample is missing. */
    private static final int OPEN = 8;

    @TempDir
    private Path folder;

    private LocalFlink flink;

    @BeforeEach
    void keep(LocalFlink shared) {
        flink = shared;
    }

    static Stream<Object[]> versionsAndParallelisms() throws IOException {
        try (Stream<Path> versions = Files.list(STORED)) {
            return versions
                    .sorted()
                    .flatMap(version -> Stream.of(1, 2).map(parallelism -> new Object[] {version, parallelism}))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndParallelisms")
    void aStoredSavepointGoesOn(Path version, int parallelism) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            KafkaSettings kafka = topics(broker);
            RecordedTopics.replay(version.resolve("topics.gz"), kafka, RUN);
            SmallJob jobs = new SmallJob(kafka, RUN, flink, folder);
            List<Prompt> before = prompts(kafka);

            JobID job = jobs.start(parallelism, 4, Optional.of(version.resolve("savepoint")));
            jobs.awaitStep(job, 3);
            try (Answers answers = new Answers(kafka, RUN)) {
                // Were it forgotten by admission, grouping would call it malformed.
                answers.sendMisfit(before.get(OPEN), 0);
                answers.send(before.get(STALE), 1);
                answers.send(before.get(OPEN), SmallJob.GROUP_SIZE - 1);
            }
            jobs.awaitStep(job, 4);
            await().atMost(PATIENCE).until(() -> hasRead(kafka));
            // The groups of step 3 have made room.
            await().atMost(PATIENCE).until(() -> prompts(kafka).size() > before.size());
            jobs.stop(job);

            assertContinued(kafka, jobs.steps(), before);
        }
    }

    private static void assertContinued(KafkaSettings kafka, List<Step> steps, List<Prompt> before)
            throws InterruptedException {
        assertThat(steps).extracting(Step::getStep).containsExactly(1L, 2L, 3L, 4L);
        assertThat(steps).extracting(Step::getIncarnation).containsExactly(1L, 1L, 2L, 2L);
        assertThat(steps.get(2).getGroupIds())
                .containsExactlyInAnyOrder(
                        before.get(4).getGroupId(), before.get(5).getGroupId());
        assertThat(steps.get(3).getGroupIds())
                .containsExactly(
                        before.get(BATCHED).getGroupId(), before.get(OPEN).getGroupId());
        assertThat(TopicReader.readAll(kafka, Topic.WEIGHTS_MANIFEST, RUN, WeightsManifest.class))
                .filteredOn(manifest -> manifest.getIncarnation() == 2 && manifest.getVersion() == 2)
                .extracting(WeightsManifest::getWeightsHash)
                .containsExactly(steps.get(1).getWeightsHash());

        assertThat(TopicReader.readAll(kafka, Topic.OUTCOMES, RUN, Outcome.class))
                .filteredOn(outcome -> outcome.getCompletionId() != null)
                .extracting(Outcome::getCompletionId, Outcome::getDropReason)
                .containsExactlyInAnyOrder(
                        tuple(before.get(OPEN).getGroupId() + "/0", DropReason.DUPLICATE),
                        tuple(before.get(STALE).getGroupId() + "/1", DropReason.STALE));

        List<Prompt> after = prompts(kafka);
        assertThat(after).extracting(Prompt::getGroupId).doesNotHaveDuplicates();
        for (int sequence = 0; sequence < after.size(); sequence++) {
            assertThat(after.get(sequence).getSequence()).isEqualTo(sequence);
        }

        LedgerReport report = new Ledger(kafka, RUN, Expectations.ofClosed()).audit();
        assertThat(report.violations().first()).isEmpty();
        assertThat(report.count(CompletionState.TRAINED)).isEqualTo(4 * 2 * SmallJob.GROUP_SIZE);
        assertThat(report.count(CompletionState.STALE)).isEqualTo(2);
        assertThat(report.open()).isZero();
    }

    /** No test: writes the savepoint of this version when it is asked to. */
    @Test
    @EnabledIfSystemProperty(named = "tramontane.savepoint", matches = "\\w+")
    void write() throws Exception {
        Path target = STORED.resolve(System.getProperty("tramontane.savepoint"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            KafkaSettings kafka = topics(broker);
            SmallJob jobs = new SmallJob(kafka, RUN, flink, folder);
            JobID job = jobs.start(1, 2, Optional.empty());
            try (Answers answers = new Answers(kafka, RUN)) {
                answerWhole(answers, kafka, 0, 4);
                jobs.awaitStep(job, 2);
                // One after the other, so that their order is known.
                for (int whole = 4; whole <= BATCHED; whole++) {
                    answerWhole(answers, kafka, whole, whole + 1);
                    awaitGroups(kafka, whole + 1);
                }
                answers.sendOld(prompt(kafka, STALE), 0);
                answers.send(prompt(kafka, OPEN), 0, 1, 2);
                awaitGroups(kafka, STALE + 1);
                await().atMost(PATIENCE).until(() -> hasRead(kafka));
            }
            Path savepoint = jobs.stop(job);
            DirectoryTree.deleteIfPresent(target);
            Files.createDirectories(target.resolve("savepoint"));
            try (Stream<Path> files = Files.list(savepoint)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve("savepoint").resolve(file.getFileName()));
                }
            }
            RecordedTopics.record(kafka, RUN, target.resolve("topics.gz"));
        }
        assertThat(bytesBelow(target)).isLessThan(LARGEST_BYTES);
    }

    private static KafkaSettings topics(EmbeddedBroker broker) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            admin.createMissing(RUN);
        }
        return kafka;
    }

    /** In the order of issue. */
    private static List<Prompt> prompts(KafkaSettings kafka) {
        return TopicReader.readAll(kafka, Topic.PROMPTS, RUN, Prompt.class).stream()
                .sorted(Comparator.comparingLong(Prompt::getSequence))
                .toList();
    }

    private static Prompt prompt(KafkaSettings kafka, int sequence) {
        await().atMost(PATIENCE).until(() -> prompts(kafka).size() > sequence);
        return prompts(kafka).get(sequence);
    }

    private static void answerWhole(Answers answers, KafkaSettings kafka, int first, int end) {
        for (int sequence = first; sequence < end; sequence++) {
            answers.send(prompt(kafka, sequence), 0, 1, 2, 3);
        }
    }

    private static void awaitGroups(KafkaSettings kafka, int groups) {
        await().atMost(PATIENCE)
                .until(() -> TopicReader.readAll(kafka, Topic.GROUPS, RUN, Group.class)
                                .size()
                        == groups);
    }

    /** Whether a checkpoint covers every completion there is. */
    private static boolean hasRead(KafkaSettings kafka) {
        long committed = CommittedOffsets.ofJob(kafka, Topic.COMPLETIONS, RUN).values().stream()
                .mapToLong(offset -> offset)
                .sum();
        return committed
                == TopicReader.readAll(kafka, Topic.COMPLETIONS, RUN, Completion.class)
                        .size();
    }

    private static long bytesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }
}
