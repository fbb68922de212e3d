package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.run.cluster.ClusterLibraries;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import io.tramontane.tests.process.Programs;
import io.tramontane.tests.state.Answers;
import io.tramontane.tests.state.SmallPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training job in a process that has what a cluster gets and nothing else: neither page nor lab, and not the other
 * commands. Its configuration is that of a whole run.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class ClusterLibrariesITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PROBLEMS = 20;

    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void makePolicy() throws IOException {
        policy = folder.resolve("base");
        SmallPolicy.save(policy);
    }

    @Test
    void trainsOnJsonLines(TestRun run) throws Exception {
        String rows = IntStream.range(0, PROBLEMS)
                .mapToObj(number -> "{\"id\": %d, \"problem\": \"What is %d + 1?\", \"answer\": \"%d\"}\n"
                        .formatted(number, number, number + 1))
                .collect(Collectors.joining());
        trains(run, Files.writeString(folder.resolve("problems.jsonl"), rows));
    }

    @Test
    void trainsOnParquet(TestRun run) throws Exception {
        Path file = folder.resolve("problems.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(("COPY (SELECT i AS id, 'What is ' || i || ' + 1?' AS problem, (i + 1)::VARCHAR AS answer"
                            + " FROM range(%d) t(i)) TO '%s' (FORMAT PARQUET, COMPRESSION zstd)")
                    .formatted(PROBLEMS, file));
        } catch (SQLException e) {
            throw new IOException(e);
        }
        trains(run, file);
    }

    @Test
    void settingsOfOtherProgramsAreKnownAndMisspeltOnesRefused(TestRun run) throws Exception {
        try (Programs programs = new Programs(folder, classPath())) {
            Process train = programs.start(
                    "refused.log",
                    Map.of(),
                    List.of("train", "--policy", policy.toString(), "--set", "page.prot=1", "--set", "page.port=8080"));
            assertThat(train.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(train.exitValue()).isEqualTo(2);
            assertThat(programs.log("refused.log"))
                    .contains(
                            "--set page.prot=1: page.prot: unknown key; known here: allowed-hosts, enabled, host, port")
                    .doesNotContain("page.port=8080");
        }
    }

    private void trains(TestRun run, Path problems) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), ConfigWriter.toYaml(config(run, problems)));
        try (Programs programs = new Programs(folder, classPath());
                Answers answers = new Answers(run.kafka(), run.runId());
                var prompts =
                        new TopicTail<>(run.kafka(), Topic.PROMPTS, run.runId(), Prompt.class, StartAt.BEGINNING)) {
            Process job = programs.start(
                    "train.log",
                    Map.of(),
                    List.of("train", "--config", file.toString(), "--policy", policy.toString(), "--topics-exist"));
            await().atMost(PATIENCE)
                    .failFast(() -> assertThat(job.isAlive())
                            .as(programs.log("train.log"))
                            .isTrue())
                    .until(() -> {
                        for (Prompt prompt : prompts.poll(Duration.ofMillis(100))) {
                            assertThat(prompt.getProblem()).startsWith("What is ");
                            answers.send(prompt, 0, 1, 2, 3);
                        }
                        return !TopicReader.readAll(run.kafka(), Topic.STEPS, run.runId(), Step.class)
                                .isEmpty();
                    });
        }
    }

    private TramontaneConfig config(TestRun run, Path problems) {
        ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader()
                .option("test", "run.id", run.runId())
                .option("test", "kafka.bootstrap-servers", run.kafka().bootstrapServers())
                .option("test", "dataset.source", "file")
                .option("test", "dataset.path", problems.toString())
                .option("test", "dataset.held-out-path", problems.toString())
                .set("flink.checkpoint-interval=200ms")
                .option(
                        "test",
                        "flink.properties.execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri().toString())
                .set("pipeline.scheduling.group-size=4")
                .set("pipeline.batching.completions-per-batch=8");
        return loader.load();
    }

    private static String classPath() {
        return ClusterLibraries.beside(Manifests.ROOT.resolve(Path.of("jobs", "cli", "target", "tramontane-jobs.jar")))
                .classPath();
    }
}
