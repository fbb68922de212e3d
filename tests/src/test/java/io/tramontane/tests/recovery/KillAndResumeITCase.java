package io.tramontane.tests.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Step;
import io.tramontane.tests.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job as a user runs it, in a process of its own with a small policy: killed with SIGKILL in the middle of
 * training, resumed, its topics read afterwards, and then replayed by further processes.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KillAndResumeITCase {

    private static final int STEPS = 12;
    private static final int KILL_AFTER = 4;
    private static final int COMPLETIONS_PER_BATCH = 64;
    private static final String ID = "killed";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** A warm-up just long enough for completions to differ in form, so that there is something to train on. */
    private static final List<String> SMALL = List.of(
            "warm-up.steps=150",
            "evaluation.problems=40",
            "evaluation.periodic.every-steps=2",
            "evaluation.periodic.problems=8",
            "evaluation.periodic.processor-share=1",
            "training.maximum-steps=" + STEPS,
            "flink.parallelism=2",
            "pipeline.scheduling.group-size=8",
            "pipeline.scheduling.maximum-groups-in-flight=16",
            "pipeline.batching.completions-per-batch=" + COMPLETIONS_PER_BATCH);

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
    void aKilledRunGoesOnAndTrainsNothingTwice() throws Exception {
        RunDirectory directory = new RunDirectory(output.resolve(ID));
        List<String> start = new ArrayList<>(List.of("run", "--output", output.toString(), "--id", ID));
        SMALL.forEach(setting -> start.addAll(List.of("--set", setting)));

        Process process = programs.start("run-1.log", Map.of(), start);
        await().atMost(PATIENCE).until(() -> !process.isAlive() || committedSteps(directory) >= KILL_AFTER);
        assertThat(process.isAlive()).as(() -> programs.log("run-1.log")).isTrue();
        process.destroyForcibly().waitFor();
        int before = committedSteps(directory);
        assertThat(before).isLessThan(STEPS);

        programs.succeed("run-2.log", "run", "--output", output.toString(), "--resume", ID);

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.kafka())) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            List<Step> steps = TopicReader.readAll(kafka, Topic.STEPS, ID, Step.class);
            assertThat(steps)
                    .extracting(Step::getStep)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, STEPS).boxed().toList());
            assertThat(steps.stream().map(Step::getIncarnation).distinct()).containsExactly(1L, 2L);
            List<String> trained =
                    steps.stream().flatMap(step -> step.getGroupIds().stream()).toList();
            assertThat(trained).doesNotHaveDuplicates();

            List<Group> groups = TopicReader.readAll(kafka, Topic.GROUPS, ID, Group.class);
            assertThat(groups).extracting(Group::getGroupId).doesNotHaveDuplicates();
            Set<String> trainable = groups.stream()
                    .filter(group -> group.getFate() == GroupFate.TRAINABLE)
                    .map(Group::getGroupId)
                    .collect(Collectors.toSet());
            assertThat(trainable).containsAll(trained);

            assertThat(PolicyFiles.load(directory.trainedPolicy()).weights().sha256())
                    .isEqualTo(steps.get(STEPS - 1).getWeightsHash());
            requireCommittedEvaluations(directory, steps);
        }
        assertThat(directory.summary()).exists();
        assertThat(directory.report()).exists();
        assertThat(committedSteps(directory)).isEqualTo(STEPS);

        programs.succeed("ledger.log", "ledger", directory.root().toString());
        assertThat(programs.log("ledger.log"))
                .contains("clean: " + STEPS * COMPLETIONS_PER_BATCH + " trained once")
                .contains(STEPS + " steps, each on the weights of the one before");

        replay(directory.root());
    }

    /** Of both processes, each step at most once, and none of weights that the kill has undone. */
    private static void requireCommittedEvaluations(RunDirectory directory, List<Step> steps) throws IOException {
        List<JsonNode> evaluations = new ArrayList<>();
        for (String line : Files.readAllLines(directory.evaluations())) {
            evaluations.add(new ObjectMapper().readTree(line));
        }
        assertThat(evaluations).isNotEmpty().allSatisfy(evaluation -> {
            int step = evaluation.path("step").asInt();
            assertThat(evaluation.path("weightsHash").asText())
                    .isEqualTo(steps.get(step - 1).getWeightsHash());
        });
        assertThat(evaluations)
                .extracting(evaluation -> evaluation.path("step").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** Another process, another order of arrival, one restart in between: the same bits. */
    private void replay(Path run) throws Exception {
        programs.succeed("training.log", "replay", run.toString(), "--training", "--as", "again", "--skip-evaluation");
        // The run graded and grouped in two subtasks each.
        assertThat(programs.log("training.log"))
                .contains(STEPS + " of " + STEPS + " steps have the recorded weights hash");
        assertThat(run.resolve("replays/again/replay.html")).exists();

        programs.succeed("one.log", "replay", run.toString(), "--as", "one", "--set", "flink.parallelism=1");
        assertThat(programs.log("one.log"))
                .as("in one subtask each, groups that ended the same way have the same bits")
                .satisfies(text -> {
                    long groups = number(text, "bit-identical +[\\d,]+ of ([\\d,]+) groups");
                    assertThat(number(text, "bit-identical +([\\d,]+) of"))
                            .isPositive()
                            .isEqualTo(groups - number(text, "groups +([\\d,]+) of [\\d,]+ have another fate"));
                });

        programs.succeed("rewards.log", "replay", run.toString(), "--as", "plain", "--set", "reward.language.weight=0");
        assertThat(programs.log("rewards.log"))
                .contains("have another fate")
                .containsPattern("(?m)^language .* -0\\.\\d+");
        assertThat(run.resolve("replays/plain/changed.jsonl")).isEmptyFile();
        assertThat(run.resolve("replays/plain/replay.html")).exists();

        programs.succeed(
                "training-2.log",
                "replay",
                run.toString(),
                "--training",
                "--rewards-of",
                "plain",
                "--as",
                "trained",
                "--skip-evaluation");
        assertThat(programs.log("training-2.log")).contains("from step 1 on: recorded");
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile("(?m)^" + pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    private static int committedSteps(RunDirectory directory) {
        if (!Files.exists(directory.metrics())) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(directory.metrics())) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
