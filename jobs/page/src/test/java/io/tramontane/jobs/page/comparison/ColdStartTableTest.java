package io.tramontane.jobs.page.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.evaluation.EvaluationReport;
import io.tramontane.jobs.evaluation.GradedSample;
import io.tramontane.jobs.evaluation.ProblemOutcome;
import io.tramontane.jobs.page.comparison.ColdStartTable.Way;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColdStartTableTest {

    @Test
    void showsEachWayBesideTheReport() {
        String table = new ColdStartTable(report(5))
                .add(Way.SMALL, report(5))
                .add(Way.FINE_TUNED, report(10))
                .add(Way.REINFORCED, report(15))
                .add(Way.BOTH, report(20))
                .render();

        assertThat(table.lines().filter(line -> !line.isBlank()).toList())
                .element(0)
                .isEqualTo("Held-out problems: 20, 20 completions each policy, temperature 1.0, 95% confidence");
        assertThat(table.lines().map(line -> line.strip().split(" {2,}")))
                .anySatisfy(line -> assertThat(line).contains("small", "25.0%"))
                .anySatisfy(line -> assertThat(line).contains("SFT", "50.0%", "65.4"))
                .anySatisfy(line -> assertThat(line).contains("RL", "75.0%", "65.8"))
                .anySatisfy(line -> assertThat(line).contains("SFT+RL", "100.0%", "70.7"));
    }

    private static EvaluationReport report(int correct) {
        List<ProblemOutcome> outcomes = IntStream.range(0, 20)
                .mapToObj(problem -> new ProblemOutcome(
                        "p" + problem,
                        "en",
                        "",
                        List.of(new GradedSample("", "", problem < correct, true, true, false, 12, 1)),
                        List.of()))
                .toList();
        return EvaluationReport.of("policy", new EvaluationReport.Sampling(1, 48, 1, 0.95), outcomes, List.of(1));
    }
}
