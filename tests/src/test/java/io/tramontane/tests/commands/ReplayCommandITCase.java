package io.tramontane.tests.commands;

import static io.tramontane.jobs.evaluation.testing.RecordedCompletions.completion;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can get wrong about a replay of rewards. */
class ReplayCommandITCase {

    private static final String RUN = "recorded";

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();
    private Path run;

    @BeforeEach
    void record() throws Exception {
        run = Files.createDirectory(directory.resolve(RUN));
        Files.writeString(run.resolve("config.yaml"), "");
        try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("kafka"))) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (TopicAdmin topics = new TopicAdmin(kafka)) {
                topics.createMissing(RUN);
            }
            Completion recorded = completion("a/0", Verdict.CORRECT, 1, 7, 8).getCompletion();
            try (var producer = new RecordProducer<>(kafka, Topic.COMPLETIONS, RUN, Completion.class)) {
                producer.send("a", recorded).join();
                producer.send("a", recorded).join();
            }
            trimOne(kafka);
        }
    }

    private static void trimOne(KafkaSettings kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties());
                TopicAdmin topics = new TopicAdmin(kafka)) {
            String name = Topic.COMPLETIONS.nameFor(RUN);
            for (int partition = 0; partition < Topic.COMPLETIONS.partitions(); partition++) {
                var from = new TopicPartition(name, partition);
                long end = admin.listOffsets(Map.of(from, OffsetSpec.latest()))
                        .partitionResult(from)
                        .get()
                        .offset();
                if (end > 0) {
                    admin.deleteRecords(Map.of(from, RecordsToDelete.beforeOffset(1)))
                            .all()
                            .get();
                }
            }
            assertThat(topics.describe(Topic.COMPLETIONS, RUN)).satisfies(status -> {
                assertThat(status.deleted()).isEqualTo(1);
                assertThat(status.records()).isEqualTo(1);
            });
        }
    }

    @Test
    void deletedCompletionsAreNamed() {
        assertThat(execute("replay", run.toString(), "--as", "again")).isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly("tramontane: the first 1 completions of run recorded are deleted; choose what is left"
                        + " with --first-step or --from");
    }

    @Test
    void aRenamedFolderIsNamed() throws IOException {
        Path renamed = Files.move(run, directory.resolve("renamed"));

        assertThat(execute("replay", renamed.toString(), "--as", "again")).isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly("tramontane: there is no topic renamed.completions: nothing was recorded, or the run's"
                        + " folder, whose name is the run's id, was renamed");
    }

    private int execute(String... arguments) {
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(arguments);
    }
}
