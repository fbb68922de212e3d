package io.tramontane.jobs.page.curves;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepLogTest {

    private final StepLog log = new StepLog();

    private void add(int steps) {
        for (int step = 1; step <= steps; step++) {
            log.add(step, 1_000L * step, Map.of("reward", (double) step, "stepSeconds", 0.25));
        }
    }

    @Test
    void whatIsNewIsHandedOnOnce() {
        add(600);

        ObjectNode news = log.since(598, 1_000);

        assertThat(news.toString())
                .isEqualTo("{\"steps\":[599,600],\"at\":[599000,600000],\"series\":{\"reward\":[599.0,600.0],"
                        + "\"stepSeconds\":[0.25,0.25]}}");
        assertThat(log.since(600, 1_000).get("steps")).isEmpty();
    }

    @Test
    void manyStepsAreAveraged() {
        add(1_000);

        ObjectNode all = log.since(0, 10);

        assertThat(all.get("steps")).hasSize(10);
        assertThat(all.at("/steps/9").asLong()).isEqualTo(1_000);
        assertThat(all.at("/series/reward/0").asDouble()).isEqualTo(50.5);
    }

    @Test
    void aFigureThatComesLaterIsMissingBefore() {
        add(2);
        log.add(3, 3_000, Map.of("late", 7.0));

        assertThat(log.since(0, 10).at("/series/late").toString()).isEqualTo("[null,null,7.0]");
        assertThat(log.since(0, 10).at("/series/reward").toString()).isEqualTo("[1.0,2.0,null]");
    }

    @Test
    void aTopicThatIsReadAnewChangesNothing() {
        add(5);
        add(5);

        assertThat(log.since(0, 100).get("steps")).hasSize(5);
    }

    @Test
    void theShareOfTimeThatStepsTake() {
        add(20);

        assertThat(log.busyShare(8, "stepSeconds", 0)).isEqualTo(0.25);
        assertThat(new StepLog().busyShare(8, "stepSeconds", 0)).isNaN();
    }

    @Test
    void aTrainerWithoutWorkIsLessBusyFromSecondToSecond() {
        add(20);

        // The eight steps took two seconds of eight, and of the sixteen until then.
        assertThat(log.busyShare(8, "stepSeconds", 28_000)).isEqualTo(0.125);
    }
}
