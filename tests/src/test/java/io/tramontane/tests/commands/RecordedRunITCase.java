package io.tramontane.tests.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunState;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.jobs.topology.TrainJob;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.advantage.GroupAdvantage;
import io.tramontane.pipeline.training.RecordedTraining;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import io.tramontane.tests.process.SmallPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run of some steps, forked in the middle: the fork begins with the recorded weights and moments and trains on. Then
 * the same run, trained again under two objectives.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RecordedRunITCase {

    private static final int FORKED_AFTER = 3;
    private static final int GROUP_SIZE = 8;

    private static final List<String> SMALL = SmallPolicy.with(
            "evaluation.problems=8",
            "pipeline.scheduling.group-size=" + GROUP_SIZE,
            "pipeline.scheduling.maximum-groups-in-flight=8",
            "pipeline.batching.completions-per-batch=32");

    @TempDir
    private static Path runs;

    private final StringWriter output = new StringWriter();
    private final StringWriter error = new StringWriter();

    @BeforeAll
    static void record() {
        List<String> start = new ArrayList<>(List.of("run", "--output", runs.toString(), "--id", "parent"));
        start.addAll(List.of("--steps", "5"));
        SMALL.forEach(setting -> start.addAll(List.of("--set", setting)));
        StringWriter failure = new StringWriter();
        assertThat(Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(failure))
                        .execute(start.toArray(String[]::new)))
                .as(failure.toString())
                .isZero();
    }

    @Test
    void aForkTrainsOnFromTheRecordedState() throws IOException {
        RunDirectory parent = new RunDirectory(runs.resolve("parent"));
        List<Step> recorded = steps(parent);

        String point = "parent@" + FORKED_AFTER;
        succeed("run", "--output", runs.toString(), "--fork", point, "--id", "fork", "--steps", "5");

        RunDirectory fork = new RunDirectory(runs.resolve("fork"));
        beginsWithTheRecordedWeights(fork, recorded.get(FORKED_AFTER - 1));
        takesTheMomentsAlong(parent, fork, recorded.get(FORKED_AFTER));
        posesWhatTheParentHadNotEnded(parent, fork, recorded.subList(0, FORKED_AFTER));
        assertThat(RunState.load(fork.state()).base())
                .as("the base policy is not measured again")
                .isEqualTo(RunState.load(parent.state()).base());
        assertThat(Files.readString(fork.report())).contains("\"fork\":\"" + point + "\"");

        succeed("run", "--output", runs.toString(), "--resume", "fork", "--steps", "6");
        List<Step> ofFork = steps(fork);
        assertThat(ofFork).extracting(Step::getStep).containsExactly(4L, 5L, 6L);
        assertThat(ofFork.get(0).getWeightsHash())
                .as("its own completions")
                .isNotEqualTo(recorded.get(FORKED_AFTER).getWeightsHash());

        succeed("ledger", fork.root().toString(), "--recompute");
        assertThat(output.toString())
                .contains("clean: " + 3 * 32 + " trained once")
                .contains("all 3 steps have the recorded weights, bit for bit");

        aForkOfTheForkGoesOn(fork, ofFork);
        succeed("runs", "--output", runs.toString());
        assertThat(output.toString()).contains("fork of " + point).contains("fork of fork@5");
    }

    @Test
    void itsRolloutsAreTrainedOnAgainUnderOtherObjectives() throws IOException {
        Path compared = runs.resolve("compared");
        String[] comparison = {
            "compare",
            "--recorded",
            runs.resolve("parent").toString(),
            "--output",
            compared.toString(),
            "--variant",
            "grpo",
            "--variant",
            "sequences:training.loss.type=gspo"
        };
        succeed(comparison);

        Path replays = compared.resolve("replays-of-parent");
        List<JsonNode> grpo = metrics(replays.resolve("grpo"));
        List<JsonNode> sequences = metrics(replays.resolve("sequences"));
        assertThat(grpo)
                .hasSize(5)
                .allSatisfy(step -> assertThat(step.path("weightsHash"))
                        .as("the run's own objective")
                        .isEqualTo(step.path("recordedWeightsHash")));
        assertThat(sequences)
                .hasSize(5)
                .allSatisfy(
                        step -> assertThat(step.path("weightsHash")).isNotEqualTo(step.path("recordedWeightsHash")));
        assertThat(Files.readAllLines(compared.resolve("comparison.md")))
                .filteredOn(line -> line.startsWith("| "))
                .extracting(line -> line.split(" \\| ", 3)[0] + " " + line.split(" \\| ", 3)[1])
                .containsExactly(
                        "| variant how",
                        "| --- ---",
                        "| parent recorded run",
                        "| grpo replay of parent",
                        "| sequences replay of parent");
        assertThat(compared.resolve("comparison.html")).content().contains("Effective sample size");

        // As a killed process leaves them: one cut short, one not moved yet.
        String untouched =
                Files.getLastModifiedTime(replays.resolve("grpo/summary.json")).toString();
        Files.writeString(replays.resolve("sequences/metrics.jsonl"), sequences.get(0) + "\n");
        Files.createDirectories(replays.resolve("sequences.unfinished/policy"));
        succeed(comparison);

        assertThat(metrics(replays.resolve("sequences")))
                .extracting(step -> step.path("weightsHash"))
                .isEqualTo(
                        sequences.stream().map(step -> step.path("weightsHash")).toList());
        assertThat(replays.resolve("sequences.unfinished")).doesNotExist();
        assertThat(Files.getLastModifiedTime(replays.resolve("grpo/summary.json"))
                        .toString())
                .isEqualTo(untouched);
        assertThat(output.toString()).contains("(finished before)");

        comparison[comparison.length - 1] = "sequences:training.loss.type=gspo,training.loss.clip-high=5e-4";
        assertThat(Tramontane.commandLine(new PrintWriter(output), new PrintWriter(error))
                        .execute(comparison))
                .isEqualTo(1);
        assertThat(error.toString())
                .contains("was made with training.loss.clip-high 4.0E-4, not 5.0E-4; delete the folder");
    }

    private static List<JsonNode> metrics(Path folder) throws IOException {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            steps.add(new ObjectMapper().readTree(line));
        }
        return steps;
    }

    private static void beginsWithTheRecordedWeights(RunDirectory fork, Step step) throws IOException {
        assertThat(Fork.in(fork.fork()).orElseThrow().point().weightsHash()).isEqualTo(step.getWeightsHash());
        assertThat(PolicyFiles.load(fork.fork()).weights().sha256()).isEqualTo(step.getWeightsHash());
    }

    /** Fed the parent's next batch, the fork's learner comes to the parent's next weights: its moments are the same. */
    private static void takesTheMomentsAlong(RunDirectory parent, RunDirectory fork, Step next) throws IOException {
        Map<String, Group> groups = read(parent, Topic.GROUPS, Group.class).stream()
                .collect(Collectors.toMap(Group::getGroupId, Function.identity()));
        List<Group> batch = next.getGroupIds().stream().map(groups::get).toList();
        TramontaneConfig config =
                TramontaneConfig.loader().file(fork.configuration()).load();
        var learners = TrainJob.learners(fork.basePolicy(), Fork.in(fork.fork()), config.training());
        try (RecordedTraining training = new RecordedTraining(
                learners.create(Optional.empty()),
                config.training().loss(),
                config.pipeline().batching(),
                new GroupAdvantage(config.pipeline().advantage()))) {
            assertThat(training.train(batch))
                    .hasValueSatisfying(step -> assertThat(step.step()).isEqualTo(next.getStep()));
            assertThat(training.state().weights().sha256()).isEqualTo(next.getWeightsHash());
        }
    }

    private static void posesWhatTheParentHadNotEnded(RunDirectory parent, RunDirectory fork, List<Step> before) {
        Map<String, Prompt> asked = read(parent, Topic.PROMPTS, Prompt.class).stream()
                .collect(Collectors.toMap(Prompt::getGroupId, Function.identity(), (first, again) -> first));
        Set<Long> trained = new HashSet<>();
        before.forEach(step ->
                step.getGroupIds().forEach(group -> trained.add(asked.get(group).getSequence())));
        Map<Long, String> problems =
                asked.values().stream().collect(Collectors.toMap(Prompt::getSequence, Prompt::getProblemId));

        List<Prompt> posed = read(fork, Topic.PROMPTS, Prompt.class);
        assertThat(posed).isNotEmpty().allSatisfy(prompt -> {
            assertThat(prompt.getGroupId()).startsWith("fork/");
            assertThat(prompt.getMinimumVersion()).isEqualTo(FORKED_AFTER);
            assertThat(trained).doesNotContain(prompt.getSequence());
            assertThat(prompt.getProblemId())
                    .as("the parent's problem of that place")
                    .isEqualTo(problems.getOrDefault(prompt.getSequence(), prompt.getProblemId()));
        });
        long last = trained.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(posed).extracting(Prompt::getSequence).contains(last + 1, last + 2);
        assertThat(posed).extracting(Prompt::getGroupId).doesNotHaveDuplicates();
    }

    private void aForkOfTheForkGoesOn(RunDirectory fork, List<Step> ofFork) throws IOException {
        succeed(
                "run",
                "--fork",
                fork.root() + "@5",
                "--id",
                "again",
                "--steps",
                "6",
                "--set",
                "training.optimizer.learning-rate=1e-4");
        RunDirectory again = new RunDirectory(runs.resolve("again"));
        beginsWithTheRecordedWeights(again, ofFork.get(1));
        assertThat(steps(again)).extracting(Step::getStep).containsExactly(6L);
        succeed("replay", again.root().toString(), "--training", "--skip-evaluation", "--as", "same");
    }

    private static List<Step> steps(RunDirectory run) {
        return read(run, Topic.STEPS, Step.class);
    }

    private static <T extends SpecificRecord> List<T> read(RunDirectory run, Topic topic, Class<T> type) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(run.kafka())) {
            return TopicReader.readAll(new KafkaSettings(broker.bootstrapServers(), Map.of()), topic, run.id(), type);
        }
    }

    private void succeed(String... arguments) {
        assertThat(Tramontane.commandLine(new PrintWriter(output), new PrintWriter(error))
                        .execute(arguments))
                .as(error.toString())
                .isZero();
    }
}
