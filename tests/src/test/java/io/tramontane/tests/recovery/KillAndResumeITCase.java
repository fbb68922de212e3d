package io.tramontane.tests.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.local.RunDirectory;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
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

    private Process process;

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void aKilledRunGoesOnAndTrainsNothingTwice() throws Exception {
        RunDirectory directory = new RunDirectory(output.resolve(ID));
        List<String> start = new ArrayList<>(List.of("run", "--output", output.toString(), "--id", ID));
        SMALL.forEach(setting -> start.addAll(List.of("--set", setting)));

        process = tramontane("run-1.log", start);
        await().atMost(PATIENCE).until(() -> !process.isAlive() || committedSteps(directory) >= KILL_AFTER);
        assertThat(process.isAlive()).as(() -> log("run-1.log")).isTrue();
        process.destroyForcibly().waitFor();
        int before = committedSteps(directory);
        assertThat(before).isLessThan(STEPS);

        succeed("run-2.log", "run", "--output", output.toString(), "--resume", ID);

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

        succeed("ledger.log", "ledger", directory.root().toString());
        assertThat(log("ledger.log"))
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
        succeed("training.log", "replay", run.toString(), "--training", "--as", "again", "--skip-evaluation");
        // The run graded and grouped in two subtasks each.
        assertThat(log("training.log")).contains(STEPS + " of " + STEPS + " steps have the recorded weights hash");
        assertThat(run.resolve("replays/again/replay.html")).exists();

        succeed("one.log", "replay", run.toString(), "--as", "one", "--set", "flink.parallelism=1");
        assertThat(log("one.log"))
                .as("in one subtask each, groups that came to the same end have the same bits")
                .satisfies(text -> {
                    long groups = number(text, "bit-identical +[\\d,]+ of ([\\d,]+) groups");
                    assertThat(number(text, "bit-identical +([\\d,]+) of"))
                            .isPositive()
                            .isEqualTo(groups - number(text, "groups +([\\d,]+) of [\\d,]+ have another fate"));
                });

        succeed("rewards.log", "replay", run.toString(), "--as", "plain", "--set", "reward.language.weight=0");
        assertThat(log("rewards.log")).contains("have another fate").containsPattern("(?m)^language .* -0\\.\\d+");
        assertThat(run.resolve("replays/plain/changed.jsonl")).isEmptyFile();
        assertThat(run.resolve("replays/plain/replay.html")).exists();

        succeed(
                "training-2.log",
                "replay",
                run.toString(),
                "--training",
                "--rewards-of",
                "plain",
                "--as",
                "trained",
                "--skip-evaluation");
        assertThat(log("training-2.log")).contains("from step 1 on: recorded");
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile("(?m)^" + pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    private void succeed(String log, String... arguments) throws Exception {
        process = tramontane(log, List.of(arguments));
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> log(log)).isZero();
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

    private Process tramontane(String log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-Dai.djl.offline=true", "-cp", System.getProperty("java.class.path")));
        command.add(Tramontane.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.resolve(log).toFile()))
                .start();
    }

    private String log(String name) {
        try {
            return Files.readString(output.resolve(name));
        } catch (IOException e) {
            return "no " + name + ": " + e.getMessage();
        }
    }
}
