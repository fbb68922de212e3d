package io.tramontane.tests.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import io.tramontane.tests.process.Programs;
import io.tramontane.tests.process.SmallPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run of two stages as a user runs it, in a process of its own: killed when the second stage has begun, resumed, read
 * from its topics and replayed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CurriculumITCase {

    private static final String ID = "staged";
    private static final int STEPS = 12;
    private static final int FIRST_STAGE = 3;
    private static final Map<Integer, Integer> BATCH = Map.of(1, 32, 2, 64);
    private static final Map<Integer, Integer> TOKENS = Map.of(1, 20, 2, 40);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String STAGES = "curriculum.stages=["
            + "{steps: " + FIRST_STAGE + ", completions-per-batch: 32, maximum-groups-in-flight: 8,"
            + " maximum-new-tokens: 20, length-maximum-tokens: 20},"
            + "{completions-per-batch: 64, maximum-groups-in-flight: 16, maximum-new-tokens: 40,"
            + " length-maximum-tokens: 40}]";

    private static final List<String> SMALL = SmallPolicy.with(
            "evaluation.problems=40", "training.maximum-steps=" + STEPS, "pipeline.scheduling.group-size=8", STAGES);

    @TempDir
    private Path output;

    private Programs programs;

    @BeforeEach
    void startPrograms() {
        programs = new Programs(output);
    }

    @AfterEach
    void endPrograms() {
        programs.close();
    }

    @Test
    void stagesSurviveAKillAndTheTrainingIsReplayedBitForBit() throws Exception {
        RunDirectory directory = new RunDirectory(output.resolve(ID));
        List<String> start = new ArrayList<>(List.of("run", "--output", output.toString(), "--id", ID));
        SMALL.forEach(setting -> start.addAll(List.of("--set", setting)));
        Process process = programs.start("run-1.log", Map.of(), start);
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive() || metrics(directory).contains("\"stage\":2.0"));
        assertThat(process.isAlive()).as(() -> programs.log("run-1.log")).isTrue();
        process.destroyForcibly().waitFor();

        programs.succeed("run-2.log", "run", "--output", output.toString(), "--resume", ID);

        assertThat(programs.log("run-2.log")).contains("stage 2/2");
        assertThat(directory.report()).content().contains("\"stage\":[1.0,");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.kafka())) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            requireStages(
                    TopicReader.readAll(kafka, Topic.STEPS, ID, Step.class),
                    TopicReader.readAll(kafka, Topic.GROUPS, ID, Group.class));
            assertThat(TopicReader.readAll(kafka, Topic.PROMPTS, ID, Prompt.class))
                    .allSatisfy(prompt -> assertThat(prompt.getSampling().getMaxNewTokens())
                            .isEqualTo(TOKENS.get(prompt.getStage().getNumber())));
        }

        programs.succeed("ledger.log", "ledger", directory.root().toString());
        assertThat(programs.log("ledger.log")).contains(STEPS + " steps, each on the weights of the one before");
        programs.succeed(
                "replay.log",
                "replay",
                directory.root().toString(),
                "--training",
                "--as",
                "again",
                "--skip-evaluation");
        assertThat(programs.log("replay.log"))
                .contains(STEPS + " of " + STEPS + " steps have the recorded weights hash");
    }

    private static void requireStages(List<Step> steps, List<Group> groups) {
        Map<String, Group> byId = new HashMap<>();
        groups.forEach(group -> byId.put(group.getGroupId(), group));
        assertThat(steps)
                .extracting(Step::getStep)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, STEPS).boxed().toList());
        assertThat(steps.stream().map(Step::getIncarnation).distinct()).containsExactly(1L, 2L);
        List<Integer> stages = steps.stream()
                .map(step -> step.getMetrics().get("stage").intValue())
                .toList();
        assertThat(stages).isSorted().startsWith(1, 1, 1).endsWith(2);
        for (int index = 0; index < STEPS; index++) {
            List<ScoredCompletion> trained = steps.get(index).getGroupIds().stream()
                    .flatMap(id -> byId.get(id).getCompletions().stream())
                    .toList();
            assertThat(trained).as("step %d", index + 1).hasSize(BATCH.get(stages.get(index)));
        }
        assertThat(groups.stream().flatMap(group -> group.getCompletions().stream()))
                .isNotEmpty()
                .allSatisfy(CurriculumITCase::requireOwnLengths);
    }

    /** Sampled and judged by the lengths of the stage in which its prompt was issued. */
    private static void requireOwnLengths(ScoredCompletion scored) {
        Completion completion = scored.getCompletion();
        int longest = TOKENS.get(completion.getStage().getNumber());
        assertThat(completion.getStage().getMaximumTokens()).isEqualTo(longest);
        assertThat(PackedNumbers.count(completion.getCompletionTokens())).isLessThanOrEqualTo(longest);
        scored.getComponents().stream()
                .filter(component -> component.getName().equals("length"))
                .forEach(component -> assertThat(component.getReason()).contains("free up to " + (longest - 8)));
    }

    private static String metrics(RunDirectory directory) throws IOException {
        return Files.exists(directory.metrics()) ? Files.readString(directory.metrics()) : "";
    }
}
