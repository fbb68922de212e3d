package io.tramontane.jobs.page.diagnosis;

/** Why a run is stuck or slow, and the part of the pipeline that it is to be looked for in. */
public enum Cause {
    BROKER_SILENT("prompts", Severity.STUCK),
    JOB_NOT_RUNNING("admission", Severity.STUCK),
    NO_GENERATOR("generators", Severity.STUCK),
    GENERATORS_SILENT("generators", Severity.STUCK),
    VERIFIER_HANGS("scoring", Severity.STUCK),
    STALE_DROPS("admission", Severity.WASTE),
    STRAGGLERS("grouping", Severity.STUCK),
    TRAINER_SLOW("trainer", Severity.SLOWEST),
    SCORING_SLOW("scoring", Severity.SLOW),
    GENERATORS_SLOW("generators", Severity.SLOWEST),
    NOT_STARTED("generators", Severity.FINE),
    FINISHED("trainer", Severity.FINE);

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

    private final String stage;
    private final Severity severity;

    Cause(String stage, Severity severity) {
        this.stage = stage;
        this.severity = severity;
    }

    /** The node of the diagram. */
    public String stage() {
        return stage;
    }

    public Severity severity() {
        return severity;
    }
}
