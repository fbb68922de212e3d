package io.tramontane.jobs.evaluation.periodic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.evaluation.periodic.DueWeights.Chosen;
import io.tramontane.schemas.WeightsVersion;
import org.junit.jupiter.api.Test;

class DueWeightsTest {

    private final DueWeights<String> due = new DueWeights<>(10, 0);

    @Test
    void everyTenthStepIsMeasuredOnceItIsCommitted() {
        for (long step = 1; step <= 20; step++) {
            publish(1, step, "a" + step);
            assertThat(due.next()).as("published only").isEmpty();
            due.committed(step, "a" + step);
            if (step % 10 == 0) {
                assertThat(due.next()).contains(new Chosen<>(new WeightsVersion(1, step), "weights a" + step, step));
            }
            assertThat(due.next()).isEmpty();
        }
    }

    @Test
    void weightsThatWereUndoneAreNotMeasuredThoughTheirStepComesAgain() {
        publish(1, 10, "undone");
        publish(2, 9, "a9");
        publish(2, 10, "a10");
        due.committed(10, "a10");

        assertThat(due.next()).map(Chosen::weights).contains("weights a10");
    }

    @Test
    void theHashTellsWhatStayedWhenTheRestartItselfWasNotSeen() {
        publish(1, 10, "undone");
        publish(2, 12, "a12");
        due.committed(10, "a10");
        due.committed(11, "a11");
        assertThat(due.next()).isEmpty();

        publish(2, 13, "a13");
        assertThat(due.next()).isEmpty();
        due.committed(12, "a12");
        due.committed(13, "a13");

        assertThat(due.next()).contains(new Chosen<>(new WeightsVersion(2, 13), "weights a13", 10));
    }

    @Test
    void weightsAreKeptOverARestartThatWentOnFromThem() {
        publish(1, 10, "a10");
        publish(2, 10, "a10");
        publish(2, 11, "a11");
        due.committed(10, "a10");

        assertThat(due.next()).map(Chosen::version).contains(new WeightsVersion(1, 10));
    }

    @Test
    void whoComesLateTakesTheNewestAndGoesOnFromThere() {
        due.committed(10, "a10");
        due.committed(20, "a20");
        due.committed(37, "a37");
        publish(1, 37, "a37");

        Chosen<String> late = due.next().orElseThrow();
        assertThat(late.standsIn()).isTrue();
        assertThat(late.due()).isEqualTo(10);
        assertThat(due.due()).isEqualTo(40);
    }

    @Test
    void aLaterProcessGoesOnBehindWhatWasMeasured() {
        assertThat(new DueWeights<String>(10, 20).due()).isEqualTo(30);
        assertThat(new DueWeights<String>(10, 23).due()).isEqualTo(30);
    }

    private void publish(long incarnation, long version, String hash) {
        due.published(new WeightsVersion(incarnation, version), hash, "weights " + hash);
    }
}
