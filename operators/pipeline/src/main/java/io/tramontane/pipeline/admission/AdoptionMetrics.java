package io.tramontane.pipeline.admission;

import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import java.util.List;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How long published weights take until a completion comes with a token of theirs. Looks at completions only while it
 * waits for one. Used by the task's thread.
 */
final class AdoptionMetrics {

    private static final int WINDOW = 100;

    private final Histogram delays;
    /** Published and not seen in any completion; null when the newest has been. */
    private WeightsVersion awaited;

    private long publishedAt;

    AdoptionMetrics(OperatorMetrics metrics) {
        delays = metrics.histogram(PipelineCatalogue.PUBLISH_TO_COMPLETION, new DescriptiveStatisticsHistogram(WINDOW));
    }

    /** Waits for these weights from now on, if it waits for none; else for those that it does wait for. */
    void published(WeightsManifest manifest) {
        if (awaited == null) {
            awaited = new WeightsVersion(manifest.getIncarnation(), manifest.getVersion());
            publishedAt = manifest.getPublishedAt();
        }
    }

    void arrived(Completion completion) {
        if (awaited == null) {
            return;
        }
        List<WeightSpan> spans = completion.getSpans();
        if (spans.isEmpty()) {
            return;
        }
        WeightSpan last = spans.get(spans.size() - 1);
        if (!awaited.supersedes(new WeightsVersion(last.getIncarnation(), last.getVersion()))) {
            delays.update(Math.max(0, completion.getFinishedAt() - publishedAt));
            awaited = null;
        }
    }
}
