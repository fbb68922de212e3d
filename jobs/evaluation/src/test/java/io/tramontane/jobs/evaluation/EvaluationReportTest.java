package io.tramontane.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.evaluation.EvaluationFiles.Measured;
import io.tramontane.jobs.evaluation.ProblemOutcome.AnswerVotes;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

    private static final RewardFunction REWARDS =
            new RewardFunction(MeasuredConfig.loader().load().reward());

    @TempDir
    private Path folder;

    @Test
    void answersAreTheSameWhenTheVerifierSaysSo() {
        ProblemOutcome outcome = problem("p", "en", "1/2", "\\frac{1}{2}", "0.5", "3", "3.0", "4", "none");

        assertThat(outcome.votes())
                .containsExactly(
                        new AnswerVotes("\\frac{1}{2}", 2, true),
                        new AnswerVotes("3", 2, false),
                        new AnswerVotes("4", 1, false));
        assertThat(outcome.correct()).isEqualTo(2);
        assertThat(outcome.passAt(1)).isCloseTo(2.0 / 6, within(1e-12));
        assertThat(outcome.majorityAt(6)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void sumsUpByLanguageAndDifficulty() {
        List<ProblemOutcome> outcomes = List.of(
                problem("a", "en", "1", "1", "1").withDifficulty("level 9"),
                problem("b", "en", "1", "1", "2").withDifficulty("level 10"),
                problem("c", "fr", "1", "2", "2"));

        EvaluationReport report = report(outcomes);

        assertThat(report.all().passAt1().value()).isCloseTo(0.5, within(1e-12));
        assertThat(report.all().passAtK().get(2).value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(report.all().majorityAtK().get(2).value()).isCloseTo(0.5, within(1e-12));
        assertThat(report.byLanguage())
                .extracting(EvaluationRow::group, EvaluationRow::problems)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("en", 2), org.assertj.core.groups.Tuple.tuple("fr", 1));
        assertThat(report.byLanguage().get(0).passAt1().value()).isCloseTo(0.75, within(1e-12));
        assertThat(report.byDifficulty()).extracting(EvaluationRow::group).containsExactly("level 9", "level 10");
    }

    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(3);
        int trials = 1_000;
        int[] held = new int[2];
        // Problems are solved with probability u², so pass@1 is 1/3 and pass@2 is 2/3 − 1/5.
        for (int trial = 0; trial < trials; trial++) {
            double[] first = new double[100];
            double[] second = new double[100];
            for (int problem = 0; problem < first.length; problem++) {
                double solved = Math.pow(random.nextDouble(), 2);
                int correct = (int) IntStream.range(0, 4)
                        .filter(sample -> random.nextDouble() < solved)
                        .count();
                first[problem] = PassAtK.estimate(4, correct, 1);
                second[problem] = PassAtK.estimate(4, correct, 2);
            }
            held[0] += holds(Estimate.ofProblems(first, 0.95), 1.0 / 3);
            held[1] += holds(Estimate.ofProblems(second, 0.95), 2.0 / 3 - 1.0 / 5);
        }

        // 95% less three standard errors of the simulation (0.7 points each) at either side.
        assertThat(held[0] / (double) trials).isBetween(0.93, 0.97);
        assertThat(held[1] / (double) trials).isBetween(0.93, 0.97);
    }

    private static int holds(Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
    }

    @Test
    void difficultyIsTheDatasetsOrAnEarlierPassRate() {
        assertThat(Difficulty.field(new Problem("p", "", "t", "1", "", "{\"level\":3}"), "level"))
                .isEqualTo("3");
        assertThat(Difficulty.field(new Problem("p", "", "t", "1", "", ""), "level"))
                .isEmpty();
        assertThat(Stream.of(0, 0.25, 0.3, 0.75, 0.8, 1).map(rate -> Difficulty.ofPassRate(rate.doubleValue())))
                .containsExactly(
                        "solved 0%", "solved 1-25%", "solved 26-50%", "solved 51-75%", "solved 76-99%", "solved 100%");
        List<ProblemOutcome> before = List.of(problem("a", "en", "1", "1", "2"));
        List<ProblemOutcome> after = List.of(problem("a", "en", "1", "1", "1"), problem("new", "en", "1", "1"));

        assertThat(Difficulty.byPassRates(after, before))
                .extracting(ProblemOutcome::difficulty)
                .containsExactly("solved 26-50%", "");
    }

    @Test
    void filesHoldTheReportsAndALineForEachProblem() throws Exception {
        List<ProblemOutcome> outcomes = List.of(problem("a", "en", "1", "1", "2"), problem("b", "fr", "1", "1", "1"));

        Path lines = EvaluationFiles.write(
                folder.resolve("evaluation.json"), List.of(new Measured(report(outcomes), outcomes)));

        JsonNode report = new ObjectMapper()
                .readTree(folder.resolve("evaluation.json").toFile())
                .at("/evaluations/0");
        assertThat(report.at("/all/passAtK/2/value").asDouble()).isEqualTo(1);
        assertThat(lines).hasFileName("evaluation.problems.jsonl");
        JsonNode first = new ObjectMapper().readTree(Files.readAllLines(lines).get(0));
        assertThat(first.at("/problem/id").asText()).isEqualTo("a");
        assertThat(first.at("/correct").asInt()).isEqualTo(1);
        assertThat(first.at("/problem/votes/1/answer").asText()).isEqualTo("2");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThat(EvaluationTable.of(report(outcomes))).contains("pass@1", "maj@k", "75.0%");
    }

    private static EvaluationReport report(List<ProblemOutcome> outcomes) {
        return EvaluationReport.of("policy", new EvaluationReport.Sampling(1, 48, 1, 0.95), outcomes, List.of(1, 2));
    }

    private static ProblemOutcome problem(String id, String language, String reference, String... answers) {
        GradedProblem graded = new GradedProblem(REWARDS);
        for (String answer : answers) {
            String boxed = answer.equals("none") ? "I do not know" : "\\boxed{" + answer + "}";
            RewardRequest request = RewardRequest.builder()
                    .completionId(id)
                    .groupId(id)
                    .problem("A problem")
                    .reference(reference)
                    .verifier("numeric")
                    .language(language)
                    .text("<think>so</think>" + boxed)
                    .completionTokens(5)
                    .build();
            ScoreCard card = REWARDS.score(request);
            graded.add(request, card);
        }
        return graded.outcome(id, language, "");
    }
}
