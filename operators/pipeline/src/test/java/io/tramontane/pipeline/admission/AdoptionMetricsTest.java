package io.tramontane.pipeline.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsManifest;
import java.util.List;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class AdoptionMetricsTest {

    private final Recorded group = new Recorded();
    private final AdoptionMetrics adoption = new AdoptionMetrics(new OperatorMetrics(group));

    private static final class Recorded extends UnregisteredMetricsGroup {
        private Histogram delays;

        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            delays = histogram;
            return histogram;
        }
    }

    private static WeightsManifest manifest(long incarnation, long version, long publishedAt) {
        WeightsManifest manifest = new WeightsManifest();
        manifest.setIncarnation(incarnation);
        manifest.setVersion(version);
        manifest.setPublishedAt(publishedAt);
        return manifest;
    }

    /** Begun with version 0 of the first incarnation and ended with another. */
    private static Completion completion(long incarnation, long version, long finishedAt) {
        Completion completion = TestCompletion.of("p", 0).completion();
        completion.setSpans(List.of(new WeightSpan(1L, 0L, 0, 1), new WeightSpan(incarnation, version, 1, 2)));
        completion.setFinishedAt(finishedAt);
        return completion;
    }

    @Test
    void timesTheFirstCompletionWithATokenOfTheNewWeights() {
        adoption.arrived(completion(1, 0, 900));
        adoption.published(manifest(1, 1, 1_000));
        adoption.arrived(completion(1, 0, 1_100));
        assertThat(group.delays.getCount()).isZero();

        adoption.arrived(completion(1, 1, 1_300));
        adoption.arrived(completion(1, 1, 1_400));

        assertThat(group.delays.getCount()).isEqualTo(1);
        assertThat(group.delays.getStatistics().getMax()).isEqualTo(300);
    }

    @Test
    void newerWeightsCountForThoseThatNoCompletionHas() {
        adoption.published(manifest(1, 5, 1_000));
        adoption.published(manifest(1, 6, 2_000));
        adoption.published(manifest(2, 3, 3_000));

        adoption.arrived(completion(2, 3, 3_500));

        assertThat(group.delays.getStatistics().getMax()).isEqualTo(2_500);
    }

    @Test
    void aClockThatIsBehindGivesNoTimeBelowZero() {
        adoption.published(manifest(1, 1, 1_000));
        adoption.arrived(completion(1, 1, 400));
        assertThat(group.delays.getStatistics().getMin()).isZero();
    }
}
