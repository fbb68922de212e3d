package io.tramontane.tests.commands;

import static io.tramontane.jobs.evaluation.testing.RecordedCompletions.completion;
import static io.tramontane.jobs.evaluation.testing.RecordedCompletions.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base policy from the groups topic of a run's folder, and what a user can get wrong. */
class ColdStartCommandITCase {

    private static final String RUN = "teacher";

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();

    @Test
    void aRunsCorrectCompletionsMakeABasePolicyThatARunTakes() throws IOException {
        Path run = run(RUN, 16);
        record(
                run,
                group("a", completion("a/0", Verdict.CORRECT, 1, 7, 8, 9), completion("a/1", Verdict.WRONG, 1, 3)),
                group("b", completion("b/0", Verdict.CORRECT, 2, 7, 8)));
        Path base = directory.resolve("cold");

        assertThat(execute("coldstart", run, base, small("policy.layers=1", "cold-start.epochs=2")))
                .as(error.toString())
                .isZero();
        PolicyBundle tuned = PolicyFiles.load(base);
        assertThat(tuned.config().layers()).isEqualTo(1);
        assertThat(tuned.tokenizerJson())
                .isEqualTo(PolicyFiles.load(run.resolve("base")).tokenizerJson());

        // With the policy as its own student the weights move on, and the shape stays.
        assertThat(execute("coldstart", run, directory.resolve("further"), List.of("--student", base.toString())))
                .as(error.toString())
                .isZero();
        PolicyBundle further = PolicyFiles.load(directory.resolve("further"));
        assertThat(further.config()).isEqualTo(tuned.config());
        assertThat(further.weights().sha256()).isNotEqualTo(tuned.weights().sha256());
    }

    @Test
    void theTableLeavesFourPoliciesAndMakesNoneAgain() throws IOException {
        Path run = run(RUN, 16);
        record(run, group("a", completion("a/0", Verdict.CORRECT, 1, 7, 8, 9)));
        Path four = directory.resolve("four");
        List<String> options = new ArrayList<>(List.of("--table", "--samples", "1"));
        options.addAll(small(
                "warm-up.batch-size=16",
                // Just long enough for completions to differ in form, so that there is something to train on.
                "warm-up.steps=150",
                "policy.hidden-size=32",
                "policy.head-size=16",
                "evaluation.problems=8",
                "training.maximum-steps=1",
                "pipeline.batching.completions-per-batch=32"));

        assertThat(execute("coldstart", run, four, options))
                .as(error.toString())
                .isZero();

        PolicyBundle small = PolicyFiles.load(four.resolve("small"));
        PolicyBundle fineTuned = PolicyFiles.load(four.resolve("sft"));
        assertThat(PolicyFiles.load(four.resolve("rl/base")).weights().sha256())
                .isEqualTo(small.weights().sha256());
        assertThat(PolicyFiles.load(four.resolve("sft-rl/base")).weights().sha256())
                .isEqualTo(fineTuned.weights().sha256());
        assertThat(List.of(
                        small.weights().sha256(),
                        fineTuned.weights().sha256(),
                        PolicyFiles.load(four.resolve("rl/policy")).weights().sha256(),
                        PolicyFiles.load(four.resolve("sft-rl/policy"))
                                .weights()
                                .sha256()))
                .doesNotHaveDuplicates();

        FileTime made = Files.getLastModifiedTime(four.resolve("rl/summary.json"));
        assertThat(execute("coldstart", run, four, options))
                .as(error.toString())
                .isZero();
        assertThat(Files.getLastModifiedTime(four.resolve("rl/summary.json"))).isEqualTo(made);
        assertThat(PolicyFiles.load(four.resolve("sft")).weights().sha256())
                .isEqualTo(fineTuned.weights().sha256());
    }

    @Test
    void aFolderWithoutARunIsNamed() {
        Path none = directory.resolve("none");

        assertThat(execute("coldstart", none, directory.resolve("cold"), List.of()))
                .isEqualTo(1);

        assertThat(errors()).containsExactly("tramontane: there is no run in " + none + " (it has no config.yaml)");
    }

    @Test
    void aRunWithoutCorrectCompletionsIsNamed() throws IOException {
        Path run = run(RUN, 16);
        Path target = directory.resolve("cold");

        assertThat(execute("coldstart", run, target, small())).isEqualTo(1);
        record(run, group("a", completion("a/0", Verdict.WRONG, 1, 7)));
        assertThat(execute("coldstart", run, target, small())).isEqualTo(1);

        assertThat(errors())
                .containsExactly(
                        "tramontane: run teacher has recorded nothing yet",
                        "tramontane: run teacher has no correct completion to learn from, among 1 recorded");
        assertThat(target).doesNotExist();
    }

    @Test
    void anUnknownSettingIsNamed() throws IOException {
        Path run = run(RUN, 16);

        assertThat(execute("coldstart", run, directory.resolve("cold"), small("cold-start.epoch=3")))
                .isEqualTo(2);

        assertThat(errors()).singleElement().asString().contains("cold-start.epoch: unknown key", "cold-start.epochs");
    }

    @Test
    void aStudentWithAnotherTokenizerIsNamed() throws IOException {
        Path run = run(RUN, 16);
        record(run, group("a", completion("a/0", Verdict.CORRECT, 1, 7)));
        Path other = directory.resolve("other");
        assertThat(execute("warm-up", other, small("policy.vocabulary-size=400")))
                .as(error.toString())
                .isZero();

        assertThat(execute("coldstart", run, directory.resolve("cold"), List.of("--student", other.toString())))
                .isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: the policy " + other + " has another tokenizer than the run " + run);
    }

    @Test
    void anExistingFolderIsNotOverwritten() throws IOException {
        Path run = run(RUN, 16);

        assertThat(execute("coldstart", run, directory, small())).isEqualTo(1);

        assertThat(errors()).containsExactly("tramontane: " + directory + " exists already");
    }

    @Test
    void theDemonstrationsAreNoGeneralDataOfAnotherTask() throws IOException {
        Path run = run(RUN, 16);

        assertThat(execute(
                        "coldstart",
                        run,
                        directory.resolve("cold"),
                        small("dataset.source=file", "dataset.path=a.jsonl", "dataset.held-out-path=b.jsonl")))
                .isEqualTo(1);

        assertThat(errors()).singleElement().asString().contains("--student", "cold-start.general-share=0");
    }

    @Test
    void aResumedRunKeepsItsBasePolicy() throws IOException {
        Path run = run(RUN, 16);

        assertThat(Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                        .execute("run", "--output", directory.toString(), "--resume", RUN, "--policy", run + "/base"))
                .isEqualTo(1);

        assertThat(errors()).containsExactly("tramontane: --policy is for a new run; run teacher has its base policy");
    }

    /** A run's folder as it is before its first group. */
    private Path run(String id, int hiddenSize) throws IOException {
        Path run = Files.createDirectory(directory.resolve(id));
        Files.writeString(run.resolve("config.yaml"), "");
        assertThat(execute("warm-up", run.resolve("base"), small("policy.hidden-size=" + hiddenSize)))
                .as(error.toString())
                .isZero();
        return run;
    }

    private static void record(Path run, Group... groups) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("kafka"))) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (TopicAdmin topics = new TopicAdmin(kafka)) {
                topics.createMissing(RUN);
            }
            try (var producer = new RecordProducer<>(kafka, Topic.GROUPS, RUN, Group.class)) {
                for (Group group : groups) {
                    producer.send(group.getGroupId(), group).join();
                }
            }
        }
    }

    private static List<String> small(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "policy.vocabulary-size=512",
                "policy.hidden-size=8",
                "policy.head-size=4",
                "policy.attention-heads=2",
                "policy.key-value-heads=1",
                "policy.intermediate-size=16",
                "warm-up.steps=1",
                "warm-up.batch-size=2"));
        settings.addAll(List.of(more));
        return settings.stream()
                .flatMap(setting -> List.of("--set", setting).stream())
                .toList();
    }

    private int execute(String command, Path target, List<String> options) {
        return execute(command, List.of(target.toString()), options);
    }

    private int execute(String command, Path run, Path target, List<String> options) {
        return execute(command, List.of(run.toString(), target.toString()), options);
    }

    private int execute(String command, List<String> places, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(places);
        arguments.addAll(options);
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(arguments.toArray(String[]::new));
    }

    private List<String> errors() {
        return error.toString().lines().toList();
    }
}
