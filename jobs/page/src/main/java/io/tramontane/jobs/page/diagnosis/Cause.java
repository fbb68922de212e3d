package io.tramontane.jobs.page.diagnosis;

import io.tramontane.pipeline.PipelinePart;

/** Why a run is stuck or slow, and the part of the pipeline that it is to be looked for in. */
public enum Cause {
    BROKER_SILENT(PipelinePart.PROMPTS, Severity.STUCK),
    JOB_NOT_RUNNING(PipelinePart.ADMISSION, Severity.STUCK),
    NO_GENERATOR(PipelinePart.GENERATORS, Severity.STUCK),
    GENERATORS_SILENT(PipelinePart.GENERATORS, Severity.STUCK),
    VERIFIER_HANGS(PipelinePart.SCORING, Severity.STUCK),
    STALE_DROPS(PipelinePart.ADMISSION, Severity.WASTE),
    STRAGGLERS(PipelinePart.GROUPING, Severity.STUCK),
    TRAINER_SLOW(PipelinePart.TRAINER, Severity.SLOWEST),
    SCORING_SLOW(PipelinePart.SCORING, Severity.SLOW),
    GENERATORS_SLOW(PipelinePart.GENERATORS, Severity.SLOWEST),
    NOT_STARTED(PipelinePart.GENERATORS, Severity.FINE),
    FINISHED(PipelinePart.TRAINER, Severity.FINE);

    /** How bad it is. */
    public enum Severity {
        /** Nothing goes on until somebody does something. */
        STUCK,
        /** It goes on, and most of the work is thrown away. */
        WASTE,
        /** It goes on, held up by a part that ought to keep pace with all others. */
        SLOW,
        /** All is in order; this part sets the pace. */
        SLOWEST,
        /** Nothing to do. */
        FINE
    }

    private final PipelinePart part;
    private final Severity severity;

    Cause(PipelinePart part, Severity severity) {
        this.part = part;
        this.severity = severity;
    }

    /** Where to look. */
    public PipelinePart part() {
        return part;
    }

    public Severity severity() {
        return severity;
    }
}
