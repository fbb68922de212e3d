package io.tramontane.jobs.run.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.evaluation.periodic.PeriodicEvaluation;
import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunConsoleTest {

    private static final int STEPS = 150;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aStepIsOneLineWithWhatPractitionersReadFirst() {
        console(0).step(step(STEPS), 0, STEPS, 0, 90, Optional.of(statistics()));

        assertThat(text())
                .isEqualTo(
                        String.format("step  150/150  reward 0.87  accuracy  81%%  language  94%%  length 30  lag 1.5"
                                + "  12,000 tokens/s  ETA 0:00%n"));
    }

    @Test
    void theStageStandsBesideTheStep() {
        Step step = step(50);
        step.setMetrics(new HashMap<>(step.getMetrics()));
        step.getMetrics().put("stage", 2.0);

        console(0).step(step, 0, STEPS, 3, 45, Optional.empty());

        assertThat(text()).startsWith("step   50/150  stage 2/3  reward 0.87");
    }

    @Test
    void theTimeThatIsLeftFollowsFromTheTimeTaken() {
        console(0).step(step(50), 0, STEPS, 0, 45, Optional.empty());

        assertThat(text()).contains("step   50/150", "ETA 1:30");
    }

    @Test
    void theTimeThatIsLeftOfAForkCountsItsOwnSteps() {
        console(0).step(step(50), 40, STEPS, 0, 45, Optional.empty());

        assertThat(text()).contains("step   50/150", "ETA 7:30");
    }

    @Test
    void theSpeedOfGeneratorsElsewhereIsNotMadeUp() {
        console(0).step(step(50), 0, STEPS, 0, 45, Optional.empty());

        assertThat(text()).doesNotContain("tokens/s");
    }

    @Test
    void aTerminalsLineIsRewrittenAndNeverWraps() {
        RunConsole console = console(40);
        console.warmUp(1, 2, 1.5);
        console.step(step(STEPS), 0, STEPS, 0, 90, Optional.of(statistics()));
        console.say("report", "%s", "report.html");

        assertThat(text())
                .startsWith("\rwarm-up        step 1/2  loss 1.500\u001B[K\r")
                .contains(String.format("\rstep  150/150  reward 0.87  accuracy  8\u001B[K%n"))
                .endsWith(String.format("%nreport         report.html%n"));
    }

    @Test
    void elsewhereLinesComeNowAndThen() {
        RunConsole console = console(0);
        for (int step = 1; step <= 100; step++) {
            console.warmUp(step, 100, 1);
        }

        assertThat(text().lines())
                .containsExactly("warm-up        step 1/100  loss 1.000", "warm-up        step 100/100  loss 1.000");
    }

    @Test
    void anEvaluationSaysWhichStepItStandsInFor() {
        Evaluation evaluation = Evaluation.builder()
                .passAt1(0.61)
                .interval(0.54, 0.674, 0.95)
                .completions(200)
                .problems(200)
                .languageConsistency(0.8)
                .meanTokens(24.25)
                .build();

        console(0).evaluation(new PeriodicEvaluation(40, 40, "", 0, 2, 0.6, evaluation));
        console(0).evaluation(new PeriodicEvaluation(63, 60, "", 0, 2, 0.6, evaluation));

        assertThat(text().lines())
                .containsExactly(
                        "held out       step 40  pass@1 61.0% [54.0%, 67.4%]  language 80.0%  24.3 tokens"
                                + "  (200 completions)",
                        "held out       step 63 for 60  pass@1 61.0% [54.0%, 67.4%]  language 80.0%  24.3 tokens"
                                + "  (200 completions)");
    }

    private RunConsole console(int columns) {
        return new RunConsole(new PrintStream(printed, true, StandardCharsets.UTF_8), columns);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static GeneratorStatistics statistics() {
        return new GeneratorStatistics(WeightsVersion.BASE, 120_000, 4_000, 10, 0, 0, 3, 50);
    }

    private static Step step(long number) {
        Map<String, Double> metrics = Map.of(
                "rewardMean", 0.871,
                "accuracy", 0.814,
                "languageConsistency", 0.938,
                "lengthMean", 30.2,
                "lagMean", 1.52);
        return Step.newBuilder()
                .setRunId("run")
                .setStep(number)
                .setIncarnation(1L)
                .setGroupIds(List.of())
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.1)
                .setCompletionTokens(100L)
                .setMetrics(metrics)
                .setWeightsHash("")
                .setFinishedAt(0L)
                .build();
    }
}
