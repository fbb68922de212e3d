package io.tramontane.jobs.evaluation.periodic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessorShareTest {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Long> rests = new ArrayList<>();

    @Test
    void restsUntilTheShareHolds() {
        var share = new ProcessorShare(0.2, stopped::get, rests::add);

        share.computed(10_000_000);
        share.computed(30_000_000);

        assertThat(share.computedNanos()).isEqualTo(40_000_000);
        assertThat(rests.stream().mapToLong(Long::longValue).sum()).isEqualTo(160_000_000);
        assertThat(rests).allMatch(rest -> rest <= 50_000_000);
    }

    @Test
    void aWholeProcessorNeedsNoRest() {
        new ProcessorShare(1, stopped::get, rests::add).computed(10_000_000);

        assertThat(rests).isEmpty();
    }

    @Test
    void aRequestToStopIsHeardWithinALongRest() {
        var share = new ProcessorShare(0.01, stopped::get, rest -> {
            rests.add(rest);
            stopped.set(rests.size() == 3);
        });

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> share.computed(1_000_000_000));
        assertThat(rests).hasSize(3);
    }
}
