package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.data.dataset.DatasetReader;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.wordproblems.PolicySettings;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a policy that knows nothing yet, but writes a digit now and then, which is all that is asked here. */
class CurateCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROBLEMS = 40;

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();

    private Path dataset;

    @BeforeAll
    static void makePolicy() throws IOException {
        TramontaneConfig config =
                TramontaneConfig.loader().set("warm-up.steps=2").load();
        PolicySettings tiny = new PolicySettings(512, 16, 32, 1, 2, 1, 8, 160);
        PolicyFiles.save(shared.resolve("policy"), new WarmUp(tiny, config.warmUp(), 1).run((step, steps, loss) -> {}));
    }

    @Test
    void everyProblemIsKeptOrDroppedWithAReasonAndTheFilesAreTheSameEachTime() throws IOException {
        Path output = directory.resolve("new/curated.jsonl");

        assertThat(curate(output)).as(error.toString()).isZero();

        List<JsonNode> kept = rows(output);
        List<JsonNode> dropped = rows(directory.resolve("new/curated.dropped.jsonl"));
        assertThat(kept).isNotEmpty().allSatisfy(row -> {
            assertThat(row.path("samples").asInt()).isEqualTo(16);
            assertThat(row.path("solved").asInt()).isBetween(1, 15);
            assertThat(row.path("reason").isMissingNode()).isTrue();
        });
        assertThat(dropped).isNotEmpty().allSatisfy(row -> {
            assertThat(row.path("reason").asText()).isEqualTo("too-hard");
            assertThat(row.path("solved").asInt()).isZero();
        });
        assertThat(Stream.concat(kept.stream(), dropped.stream())
                        .map(row -> row.path("id").asText()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, PROBLEMS).mapToObj(i -> "p" + i).toList());
        // The template is for the policy alone: the file has the problems as they were, in their order.
        List<Problem> again = DatasetReader.problems(
                        output, TramontaneConfig.loader().load().dataset().reading())
                .problems()
                .problems();
        assertThat(again).allSatisfy(problem -> assertThat(problem.text()).isEqualTo("Give " + problem.reference()));
        assertThat(again.stream().map(problem -> Integer.parseInt(problem.id().substring(1))))
                .isSorted();

        Path second = directory.resolve("again.jsonl");
        assertThat(curate(second)).isZero();
        assertThat(second).hasSameTextualContentAs(output);
        assertThat(directory.resolve("again.dropped.jsonl"))
                .hasSameTextualContentAs(directory.resolve("new/curated.dropped.jsonl"));
        try (Stream<Path> files = Files.list(directory.resolve("new"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void nothingIsWrittenWhenNoProblemIsLeft() throws IOException {
        assertThat(curate(directory.resolve("curated.jsonl"), "--set", "curation.too-easy-from=0.01"))
                .isEqualTo(1);

        assertThat(errors()).containsExactly("tramontane: no problem is left, so nothing was written");
        assertThat(directory.resolve("curated.jsonl")).doesNotExist();
        assertThat(directory.resolve("curated.dropped.jsonl")).doesNotExist();
    }

    @Test
    void eitherAPolicyOrARunIsNeeded() {
        String output = directory.resolve("curated.jsonl").toString();

        assertThat(execute("curate", "--output", output)).isEqualTo(2);
        assertThat(execute("curate", "--run", "x", "--samples", "8", "--output", output))
                .isEqualTo(2);
        assertThat(execute("curate", "--run", directory.toString(), "--output", output))
                .isEqualTo(1);
        assertThat(execute("curate", directory.toString(), "--output", output)).isEqualTo(1);

        assertThat(errors().stream().filter(line -> line.startsWith("tramontane: ")))
                .containsExactly(
                        "tramontane: either the folder of a POLICY is needed, or a run's with --run FOLDER",
                        "tramontane: --samples, --temperature and --tokens are for a POLICY, not for --run",
                        "tramontane: there is no run in " + directory + " (it has no config.yaml)",
                        "tramontane: there is no policy in " + directory + " (no config.json)");
    }

    @Test
    void aRunIsNotTakenForAPolicy() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), "");

        assertThat(execute("bench", "curate", directory.toString())).isEqualTo(1);

        assertThat(errors())
                .containsExactly("tramontane: " + directory + " is a run: name one of its policies, "
                        + directory.resolve("policy") + ", or use its recorded completions with --run " + directory);
    }

    @Test
    void fewSamplesAndADisabledVerifierAreRefused() throws IOException {
        assertThat(curate(directory.resolve("curated.jsonl"), "--samples", "4")).isEqualTo(2);
        assertThat(curate(directory.resolve("curated.jsonl"), "--set", "reward.correctness.enabled=false"))
                .isEqualTo(1);
        assertThat(curate(directory.resolve("curated.jsonl"), "--set", "curation.too-hard-up-to=1"))
                .isEqualTo(2);

        assertThat(errors().stream().filter(line -> line.startsWith("tramontane: ")))
                .containsExactly(
                        "tramontane: --samples 4 is fewer than curation.minimum-samples (8), so that every problem would"
                                + " be dropped",
                        "tramontane: without reward.correctness.enabled no problem counts as solved",
                        "tramontane: --set curation.too-hard-up-to=1: curation: too-hard-up-to must be less than too-easy-from, or every problem is"
                                + " dropped");
    }

    @Test
    void theDatasetIsNeitherOverwrittenNorJoined() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("data"));
        write(folder.resolve("a.jsonl"));

        dataset = directory.resolve("problems.jsonl");
        assertThat(curate(dataset)).isEqualTo(1);
        Path inside = folder.resolve("curated.jsonl");
        assertThat(execute(
                        "curate",
                        shared.resolve("policy").toString(),
                        "--dataset",
                        folder.toString(),
                        "--output",
                        inside.toString()))
                .isEqualTo(1);

        assertThat(errors())
                .containsExactly(
                        "tramontane: --output: " + dataset + " would become part of the dataset " + dataset
                                + "; choose another place",
                        "tramontane: --output: " + inside + " would become part of the dataset " + folder
                                + "; choose another place");
    }

    private int curate(Path output, String... more) throws IOException {
        dataset = directory.resolve("problems.jsonl");
        write(dataset);
        List<String> arguments = new ArrayList<>(List.of(
                "curate",
                shared.resolve("policy").toString(),
                "--dataset",
                dataset.toString(),
                "--output",
                output.toString(),
                "--set",
                "dataset.prompt-template=Q: {problem}",
                "--set",
                "reward.format.enabled=false",
                "--set",
                "reward.answer.extraction=pattern",
                "--set",
                "reward.answer.pattern=[0-9]",
                "--set",
                "curation.majority-check=false"));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private static void write(Path file) throws IOException {
        Files.writeString(
                file,
                IntStream.range(0, PROBLEMS)
                        .mapToObj(i -> "{\"id\": \"p" + i + "\", \"problem\": \"Give " + i % 10 + "\", \"answer\": \""
                                + i % 10 + "\", \"verifier\": \"numeric\"}\n")
                        .collect(Collectors.joining()));
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private int execute(String... arguments) {
        return Tramontane.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(error))
                .execute(arguments);
    }

    private List<String> errors() {
        return error.toString().lines().toList();
    }
}
