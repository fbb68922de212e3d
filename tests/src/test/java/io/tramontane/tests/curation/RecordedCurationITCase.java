package io.tramontane.tests.curation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import io.tramontane.schemas.WeightSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Curation by what a run has left on its topics. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class RecordedCurationITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();

    @Test
    void completionsOfAllEpochsCountTogether(TestRun run) throws IOException {
        Path dataset = Files.writeString(
                directory.resolve("problems.jsonl"),
                row("easy") + row("mixed") + row("wrong") + row("hard") + row("new"));
        try (RecordProducer<Group> groups = new RecordProducer<>(run.kafka(), Topic.GROUPS, run.runId(), Group.class)) {
            send(groups, run, 0, "easy", "7", "7", "7.0", "7");
            send(groups, run, 0, "mixed", "7", "7", "7", "7");
            send(groups, run, 1, "mixed", "1", "2", "3", "4");
            // Written differently, but half of them mean 3.
            send(groups, run, 0, "wrong", "3", "3.0", "7", "8");
            send(groups, run, 0, "hard", "1", "2", "3", "4");
            send(groups, run, 0, "elsewhere", "1", "2", "3", "4");
        }
        Path output = directory.resolve("curated.jsonl");

        assertThat(curate(run, dataset, output)).as(error.toString()).isZero();

        assertThat(rows(output)).singleElement().satisfies(kept -> {
            assertThat(kept.path("id").asText()).isEqualTo("mixed");
            assertThat(kept.path("samples").asInt()).isEqualTo(8);
            assertThat(kept.path("pass_rate").asDouble()).isEqualTo(0.5);
        });
        List<JsonNode> dropped = rows(directory.resolve("curated.dropped.jsonl"));
        assertThat(dropped)
                .extracting(row ->
                        row.path("id").asText() + " " + row.path("reason").asText())
                .containsExactly(
                        "easy too-easy", "wrong majority-against-reference", "hard too-hard", "new too-few-samples");
        assertThat(dropped.get(1).path("majority_answer").asText()).isEqualTo("3");
        assertThat(dropped.get(1).path("majority_share").asDouble()).isEqualTo(0.5);
    }

    @Test
    void verdictsOnAnotherReferenceAreNotUsed(TestRun run) throws IOException {
        Path dataset = Files.writeString(directory.resolve("problems.jsonl"), row("p").replace("7", "8"));
        Path other = Files.writeString(directory.resolve("other.jsonl"), row("q"));
        try (RecordProducer<Group> groups = new RecordProducer<>(run.kafka(), Topic.GROUPS, run.runId(), Group.class)) {
            send(groups, run, 0, "p", "7", "7", "7", "1");
        }
        Path output = directory.resolve("curated.jsonl");

        assertThat(curate(run, dataset, output)).isEqualTo(1);
        assertThat(curate(run, other, output)).isEqualTo(1);

        assertThat(error.toString().lines())
                .containsExactly(
                        "tramontane: problem p has another reference in run " + run.runId()
                                + " than in the dataset, so that the run's verdicts do not hold for it",
                        "tramontane: run " + run.runId() + " has recorded no completions of these problems");
        assertThat(output).doesNotExist();
    }

    private int curate(TestRun run, Path dataset, Path output) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(run.runId()));
        Files.writeString(folder.resolve("config.yaml"), "curation:\n  minimum-samples: 4\n");
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(
                        "curate",
                        "--run",
                        folder.toString(),
                        "--set",
                        "kafka.bootstrap-servers=" + run.kafka().bootstrapServers(),
                        "--dataset",
                        dataset.toString(),
                        "--output",
                        output.toString());
    }

    private static String row(String id) {
        return "{\"id\": \"" + id + "\", \"problem\": \"How many?\", \"answer\": \"7\", \"verifier\": \"numeric\"}\n";
    }

    private static void send(RecordProducer<Group> groups, TestRun run, int epoch, String problem, String... answers) {
        String id = Identity.groupId(run.runId(), epoch, problem);
        List<ScoredCompletion> scored = new ArrayList<>();
        for (String answer : answers) {
            boolean correct = answer.startsWith("7");
            Completion completion = Completion.newBuilder()
                    .setCompletionId(Identity.completionId(id, scored.size()))
                    .setGroupId(id)
                    .setRunId(run.runId())
                    .setSampleIndex(scored.size())
                    .setGroupSize(answers.length)
                    .setProblemId(problem)
                    .setProblem("How many?")
                    .setReference("7")
                    .setLanguage("")
                    .setText("<think>so</think>\\boxed{" + answer + "}")
                    .setPromptTokens(PackedNumbers.ints(new int[] {1}))
                    .setCompletionTokens(PackedNumbers.ints(new int[] {1, 2, 3}))
                    .setLogProbs(PackedNumbers.floats(new float[] {-1, -1, -1}))
                    .setSpans(List.of(new WeightSpan(1L, 0L, 0, 3)))
                    .setFinishReason(FinishReason.STOP)
                    .setGeneratorId("generator")
                    .setStartedAt(1L)
                    .setFinishedAt(2L)
                    .setVerifier("numeric")
                    .build();
            RewardComponent correctness = new RewardComponent(
                    "correctness", correct ? 0.9 : 0, correct ? Verdict.CORRECT : Verdict.WRONG, "", 1L);
            scored.add(new ScoredCompletion(completion, correct ? 0.9 : 0, List.of(correctness), 0.0));
        }
        groups.send(
                        id,
                        Group.newBuilder()
                                .setGroupId(id)
                                .setRunId(run.runId())
                                .setProblemId(problem)
                                .setLanguage("")
                                .setGroupSize(answers.length)
                                .setCompletions(scored)
                                .setRewardMean(0.5)
                                .setRewardStd(0.5)
                                .setFate(GroupFate.TRAINABLE)
                                .build())
                .join();
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }
}
