package io.tramontane.tests.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.evaluation.testing.RecordedCompletions;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests repaired by programs that really run, isolated, and what a user can get wrong. */
class RepairTestsCommandITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOUBLE = "print(2 * int(input()))";

    /** The second test of "double" expects the wrong number, on the third programs part; "broken" has one test only. */
    private static final String PROBLEMS = """
            {"id": "double", "problem": "Double it.", "verifier": "code", "source": "mine", "answer": {"time-limit": 5, "tests": [{"stdin": "2", "stdout": "4"}, {"stdin": "3", "stdout": "7"}, {"stdin": "0", "stdout": "0"}]}}
            {"id": "broken", "problem": "Say x.", "verifier": "code", "answer": {"tests": [{"stdin": "", "stdout": "x"}]}}
            {"id": "few", "problem": "Say y.", "verifier": "code", "answer": {"tests": [{"stdin": "", "stdout": "y"}]}}
            {"id": "sum", "problem": "1+1?", "answer": "2", "verifier": "math"}
            """;

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();

    @Test
    void testsAreRepairedByThePrograms() throws IOException {
        Path output = directory.resolve("repaired.jsonl");

        assertThat(repair(
                        output,
                        program("double", DOUBLE),
                        program("double", "n = int(input())\nprint(n + n)"),
                        program("double", "print(int(input()) << 1)"),
                        program("double", "print(2 * int(input()) or 'none')"),
                        program("double", "print(2 * int(input()) or exit(1))"),
                        // The same source twice counts once, and what does not compile says nothing.
                        program("double", DOUBLE),
                        "{\"problem\": \"double\", \"language\": \"cpp\", \"source\": \"int main() {\"}",
                        program("broken", "print('a')"),
                        program("broken", "print('b')"),
                        program("broken", "print('c')"),
                        program("broken", "print('d')"),
                        "{\"problem\": \"few\", \"completion\": \"<think>t</think>```python\\nprint('z')\\n```\\n\"}"))
                .as(error.toString())
                .isZero();

        List<JsonNode> rows = rows(output);
        assertThat(rows).extracting(row -> row.path("id").asText()).containsExactly("double", "few", "sum");
        assertThat(rows.get(0).path("answer"))
                .isEqualTo(JSON.readTree("{\"tests\": [{\"stdin\": \"2\", \"stdout\": \"4\"},"
                        + " {\"stdin\": \"3\", \"stdout\": \"6\\n\"}], \"time-limit\": 5.0}"));
        assertThat(rows.get(0).path("source").asText()).isEqualTo("mine");
        assertThat(rows.get(1)
                        .path("answer")
                        .path("tests")
                        .get(0)
                        .path("stdout")
                        .asText())
                .isEqualTo("y");
        assertThat(rows.get(2).path("answer").asText()).isEqualTo("2");

        List<JsonNode> changes = rows(directory.resolve("repaired.repairs.jsonl"));
        assertThat(changes)
                .containsExactly(
                        JSON.readTree("{\"id\": \"double\", \"dropped\": false, \"tests\": [{\"test\": 2, \"fate\":"
                                + " \"overwritten\", \"reason\": \"5 of 5 solutions write the same, and none what was"
                                + " expected\", \"expected\": \"7\", \"instead\": \"6\\n\"}, {\"test\": 3, \"fate\":"
                                + " \"dropped\", \"reason\": \"3 of 5 solutions write the same, too few\","
                                + " \"expected\": \"0\"}]}"),
                        JSON.readTree("{\"id\": \"broken\", \"dropped\": true, \"tests\": [{\"test\": 1, \"fate\":"
                                + " \"dropped\", \"reason\": \"1 of 4 solutions write the same, too few\","
                                + " \"expected\": \"x\"}]}"));

        // What was written is a dataset, of which nothing is left to repair.
        Path again = directory.resolve("again.jsonl");
        assertThat(execute(
                        "repair-tests",
                        "--dataset",
                        output.toString(),
                        "--submissions",
                        directory.resolve("programs.jsonl").toString(),
                        "--output",
                        again.toString()))
                .isEqualTo(1);
        assertThat(error.toString()).contains("'problem': broken is not in the dataset");
    }

    @Test
    void theProgramsOfARunRepairItsOwnProblems() throws Exception {
        Path problems = Files.writeString(directory.resolve("problems.jsonl"), PROBLEMS);
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.writeString(
                run.resolve("config.yaml"),
                "dataset:\n  source: file\n  path: " + problems + "\n  held-out-path: " + problems + "\n"
                        + "curation:\n  tests:\n    minimum-solutions: 3\n");
        record(run, "run/0/double", "print(2 * int(input()))", "print(int(input()) * 2)", "no program");
        record(run, "run/1/double", "print(int(input()) + 0 or 0)", "n = int(input())\nprint(n + n)");
        record(run, "run/2/double", "n = int(input())\nprint(n - -n)");
        Path output = directory.resolve("repaired.jsonl");

        assertThat(execute("repair-tests", "--run", run.toString(), "--output", output.toString()))
                .as(error.toString())
                .isZero();

        assertThat(rows(output).get(0).path("answer").path("tests"))
                .extracting(test -> test.path("stdout").asText().strip())
                .containsExactly("4", "6", "0");
        assertThat(rows(directory.resolve("repaired.repairs.jsonl")))
                .singleElement()
                .satisfies(change -> assertThat(change.at("/tests/0/reason").asText())
                        .isEqualTo("4 of 5 solutions write the same, and none what was expected"));
    }

    @Test
    void whatCannotBeMeantIsNamed() throws IOException {
        Path output = directory.resolve("repaired.jsonl");
        assertThat(execute("repair-tests", "--output", output.toString())).isEqualTo(2);
        assertThat(repair(output, "{\"problem\": \"double\"}")).isEqualTo(1);
        assertThat(repair(output, "{\"problem\": \"double\", \"language\": \"fortran\", \"source\": \"\"}"))
                .isEqualTo(1);
        assertThat(repair(output, "[]")).isEqualTo(1);
        assertThat(repair(output, program("few", "print('y')"))).isEqualTo(1);
        assertThat(repair(directory.resolve("problems.jsonl"), program("few", "print('y')")))
                .isEqualTo(1);

        Path programs = directory.resolve("programs.jsonl");
        assertThat(error.toString().lines())
                .contains(
                        "tramontane: " + programs + ", line 1: 'source' or 'completion' must be given",
                        "tramontane: " + programs + ", line 1: 'language': 'fortran' is not graded",
                        "tramontane: no problem has the 4 programs that run, without a checker, by which tests are"
                                + " judged (curation.tests.minimum-solutions), so nothing was written",
                        "tramontane: --output: " + directory.resolve("problems.jsonl")
                                + " would become part of the dataset " + directory.resolve("problems.jsonl")
                                + "; choose another place");
        assertThat(output).doesNotExist();
    }

    private static String program(String problem, String source) {
        return JSON.createObjectNode()
                .put("problem", problem)
                .put("language", "python")
                .put("source", source + "\n")
                .toString();
    }

    private int repair(Path output, String... programs) throws IOException {
        Path problems = Files.writeString(directory.resolve("problems.jsonl"), PROBLEMS);
        Path file = Files.write(directory.resolve("programs.jsonl"), List.of(programs));
        return execute(
                "repair-tests",
                "--dataset",
                problems.toString(),
                "--submissions",
                file.toString(),
                "--output",
                output.toString());
    }

    private static void record(Path run, String groupId, String... sources) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(run.resolve("kafka"))) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (TopicAdmin topics = new TopicAdmin(kafka)) {
                topics.createMissing("run");
            }
            List<ScoredCompletion> scored = new ArrayList<>();
            for (String source : sources) {
                ScoredCompletion one =
                        RecordedCompletions.completion(groupId + "/" + scored.size(), Verdict.WRONG, 1, 7, 8);
                Completion completion = one.getCompletion();
                completion.setProblemId("double");
                completion.setProblem("Double it.");
                completion.setText("<think>\nso\n</think>\n\n```python\n" + source + "\n```\n");
                scored.add(one);
            }
            Group group = Group.newBuilder()
                    .setGroupId(groupId)
                    .setRunId("run")
                    .setProblemId("double")
                    .setLanguage("")
                    .setGroupSize(scored.size())
                    .setCompletions(scored)
                    .setRewardMean(0.0)
                    .setRewardStd(0.0)
                    .setFate(GroupFate.ZERO_VARIANCE)
                    .build();
            try (var producer = new RecordProducer<>(kafka, Topic.GROUPS, "run", Group.class)) {
                producer.send(groupId, group).join();
            }
        }
    }

    private int execute(String... arguments) {
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(arguments);
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }
}
