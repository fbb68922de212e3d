package io.tramontane.jobs.evaluation.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.data.dataset.DatasetContents;
import io.tramontane.jobs.data.dataset.DatasetReader;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.dataset.ReadingRules;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.jobs.evaluation.MeasuredConfig;
import io.tramontane.jobs.evaluation.ProblemOutcome.AnswerVotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurationTest {

    private static final ReadingRules READING =
            MeasuredConfig.loader().load().dataset().reading();
    private static final CurationSettings SETTINGS =
            new CurationSettings(4, 0, 1, true, 0.5, new TestRepairSettings(0.8, 4, 32));

    @TempDir
    private Path folder;

    @Test
    void keptProblemsAreReadAgainAsTheyWereAndInTheirOrder() throws IOException {
        List<Problem> problems = List.of(
                new Problem("z", "fr", "Un \"problème\"\n", "\\frac{1}{2}", "math", "{\"level\":3}"),
                new Problem("easy", "", "Easy", "1", ""),
                new Problem("a", "", "Write", "{\"tests\":[{\"stdin\":\"1\",\"stdout\":\"0.10\"}]}", "code"),
                // Looks like tests, but its verifier compares texts.
                new Problem("m", "en", "Which set?", "{\"a\"}", "numeric", ""),
                // With these two fields a row would pass for one of NuminaMath, whose answer may stand elsewhere.
                new Problem(
                        "n",
                        "",
                        "Prove",
                        "7",
                        "math",
                        "{\"question_type\":\"proof\",\"solution\":\"long\",\"id\":9,\"solved\":8}"));
        Curation curation = curate(problems, problem -> problem.id().equals("easy") ? solved(4) : solved(2));

        DatasetContents again = read(curation.keptRows());

        assertThat(again.faults()).isEmpty();
        assertThat(again.problems()).extracting(Problem::id).containsExactly("z", "a", "m", "n");
        for (Problem read : again.problems()) {
            Problem before = problems.stream()
                    .filter(problem -> problem.id().equals(read.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(new Problem(read.id(), read.language(), read.text(), read.reference(), read.verifier()))
                    .isEqualTo(new Problem(
                            before.id(), before.language(), before.text(), before.reference(), before.verifier()));
        }
        assertThat(again.problems().get(0).extra())
                .isEqualTo("{\"samples\":4,\"solved\":2,\"pass_rate\":0.5,\"level\":3}");
        assertThat(again.problems().get(3).extra())
                .isEqualTo("{\"samples\":4,\"solved\":2,\"pass_rate\":0.5,\"question_type\":\"proof\"}");
    }

    @Test
    void droppedProblemsHaveTheirReasonAndFigures() throws IOException {
        List<Problem> problems = List.of(
                new Problem("hard", "en", "Hard", "1", "math"),
                new Problem("kept", "en", "Kept", "1", "math"),
                new Problem("wrong", "en", "Wrong", "1", "math"),
                new Problem("unseen", "en", "Unseen", "1", "math"));
        Map<String, SampleFigures> figures = Map.of(
                "hard",
                solved(0),
                "kept",
                solved(1),
                "wrong",
                new SampleFigures(4, 1, Optional.of(new AnswerVotes("2", 3, false))),
                "unseen",
                SampleFigures.NONE);

        Curation curation = curate(problems, problem -> figures.get(problem.id()));

        assertThat(curation.kept()).extracting(judged -> judged.problem().id()).containsExactly("kept");
        assertThat(curation.dropped())
                .isEqualTo(Map.of(
                        RemovalReason.TOO_HARD,
                        1,
                        RemovalReason.MAJORITY_AGAINST_REFERENCE,
                        1,
                        RemovalReason.TOO_FEW_SAMPLES,
                        1));
        assertThat(curation.droppedRows())
                .containsExactly(
                        "{\"id\":\"hard\",\"problem\":\"Hard\",\"answer\":\"1\",\"language\":\"en\",\"verifier\":\"math\","
                                + "\"reason\":\"too-hard\",\"samples\":4,\"solved\":0,\"pass_rate\":0.0}",
                        "{\"id\":\"wrong\",\"problem\":\"Wrong\",\"answer\":\"1\",\"language\":\"en\","
                                + "\"verifier\":\"math\",\"reason\":\"majority-against-reference\",\"samples\":4,"
                                + "\"solved\":1,\"pass_rate\":0.25,\"majority_answer\":\"2\",\"majority_share\":0.75}",
                        "{\"id\":\"unseen\",\"problem\":\"Unseen\",\"answer\":\"1\",\"language\":\"en\","
                                + "\"verifier\":\"math\",\"reason\":\"too-few-samples\",\"samples\":0,\"solved\":0,"
                                + "\"pass_rate\":0.0}");
        assertThat(read(curation.droppedRows()).problems()).hasSize(3);
        assertThat(CurationTable.of(curation).lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "all 4 100.0% 16.7%",
                        "majority-against-reference 1 25.0% 25.0% the majority's answer is not the reference",
                        "too-easy 0 0.0% always solved, or no less than curation.too-easy-from",
                        "kept 1 25.0% 25.0%");
    }

    @Test
    void injectedReferencesAreWrongAndTheSameForTheSameSeed() {
        ProblemSet problems = new WordProblems(1).training(400);

        WrongReferences injected = WrongReferences.injected(problems, 0.05, 7);

        assertThat(injected.wrong()).hasSize(20);
        for (int i = 0; i < problems.size(); i++) {
            Problem before = problems.problems().get(i);
            Problem after = injected.problems().problems().get(i);
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.text()).isEqualTo(before.text());
            int slip = Integer.parseInt(after.reference()) - Integer.parseInt(before.reference());
            if (injected.wrong().contains(before.id())) {
                assertThat(Math.abs(slip)).isBetween(1, 5);
                assertThat(Integer.parseInt(after.reference())).isNotNegative();
            } else {
                assertThat(slip).isZero();
            }
        }
        assertThat(WrongReferences.injected(problems, 0.05, 7)).isEqualTo(injected);
        assertThat(WrongReferences.injected(problems, 0.05, 8).wrong()).isNotEqualTo(injected.wrong());
    }

    @Test
    void theReportCountsWrongAndGoodReferencesApart() {
        SampleFigures againstReference = new SampleFigures(4, 1, Optional.of(new AnswerVotes("2", 3, false)));
        Map<String, SampleFigures> figures = Map.of(
                "w1", againstReference,
                "w2", solved(0),
                "w3", solved(2),
                "never", solved(0),
                "always", solved(4),
                "good1", solved(1),
                "good2", againstReference);
        List<Problem> problems = figures.keySet().stream()
                .sorted()
                .map(id -> new Problem(id, "en", "text", "1", "math"))
                .toList();

        WrongReferenceReport report = WrongReferenceReport.of(
                curate(problems, problem -> figures.get(problem.id())),
                Stream.of("w1", "w2", "w3").collect(Collectors.toSet()));

        assertThat(report).isEqualTo(new WrongReferenceReport(3, 1, 2, 1, 0, 1, 2, 1));
        assertThat(report.wrongShare()).isEqualTo(2.0 / 3);
        assertThat(report.goodShare()).isEqualTo(0.5);
        assertThat(report.toString()).contains("wrong references: dropped", "2 of       3   66.7%");
    }

    private static SampleFigures solved(int of4) {
        return new SampleFigures(4, of4, Optional.empty());
    }

    private static Curation curate(List<Problem> problems, Function<Problem, SampleFigures> figures) {
        return Curation.of(new ProblemSet(problems), figures, SETTINGS);
    }

    private DatasetContents read(Stream<String> rows) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, (Iterable<String>) rows::iterator);
        return DatasetReader.read(file, READING);
    }
}
