package io.tramontane.jobs.page.pipeline;

import io.tramontane.jobs.page.diagnosis.Endings;
import io.tramontane.jobs.page.diagnosis.Finding;
import java.util.List;

/**
 * The pipeline as the page shows it.
 *
 * @param at milliseconds since the epoch
 * @param findings the cause first
 * @param parts the nodes of the diagram, in the order of the loop
 * @param recent how completions ended recently
 * @param flink whether Flink answers
 */
public record PipelineView(long at, List<Finding> findings, List<PartView> parts, Endings recent, boolean flink) {

    /** Before the first look. */
    public static final PipelineView NONE = new PipelineView(0, List.of(), List.of(), Endings.NONE, false);

    public PipelineView {
        findings = List.copyOf(findings);
        parts = List.copyOf(parts);
    }
}
