package io.tramontane.pipeline;

import java.util.Optional;

/**
 * A part of the loop as people see it: programs, the operators between them and the topics through which they talk.
 * What watches a run asks for these and draws them; the diagram of the run page is laid out from here.
 *
 * <p>In the order in which a completion goes through them, from its prompt to the weights and back.
 */
public enum PipelinePart {
    PROMPTS("prompts", "Prompts", Kind.TOPIC, "prompts/s", "open"),
    GENERATORS("generators", "Generators", Kind.PROGRAM, "completions/s", "fetches held"),
    COMPLETIONS("completions", "Completions", Kind.TOPIC, "completions/s", "unread"),
    ADMISSION("admission", "Admission", OperatorIdentity.ADMISSION, "completions/s", "", ""),
    SCORING(
            "scoring",
            "Scoring",
            OperatorIdentity.SCORING,
            "completions/s",
            "being graded",
            "pool\\..+\\.(waiting|overdueThreads|oldestSeconds)"),
    GROUPING("grouping", "Grouping", OperatorIdentity.GROUPING, "completions/s", "open groups", "openGroups"),
    ADVANTAGE("advantage", "Advantages", OperatorIdentity.ADVANTAGE, "groups/s", "", ""),
    BATCHING("batching", "Batching", OperatorIdentity.BATCHING, "groups/s", "", ""),
    TRAINER("trainer", "Trainer", OperatorIdentity.TRAINER, "steps/min", "micro-batches", "waitingMicroBatches"),
    WEIGHTS("weights", "Weights", Kind.TOPIC, "", "newest version"),
    SCHEDULER("scheduler", "Prompt scheduler", Kind.PROGRAM, "groups/s finish", "groups in flight");

    /** What a part is. */
    public enum Kind {
        /** In Kafka. */
        TOPIC,
        /** A program, or an operator of the job. */
        PROGRAM
    }

    private final String id;
    private final String title;
    private final Kind kind;
    private final OperatorIdentity operator;
    private final String rateUnit;
    private final String queueUnit;
    private final String gauges;

    PipelinePart(String id, String title, Kind kind, String rateUnit, String queueUnit) {
        this(id, title, kind, null, rateUnit, queueUnit, "");
    }

    PipelinePart(String id, String title, OperatorIdentity operator, String rateUnit, String queueUnit, String gauges) {
        this(id, title, Kind.PROGRAM, operator, rateUnit, queueUnit, gauges);
    }

    PipelinePart(
            String id,
            String title,
            Kind kind,
            OperatorIdentity operator,
            String rateUnit,
            String queueUnit,
            String gauges) {
        this.id = id;
        this.title = title;
        this.kind = kind;
        this.operator = operator;
        this.rateUnit = rateUnit;
        this.queueUnit = queueUnit;
        this.gauges = gauges;
    }

    /** Its name for programs. */
    public String id() {
        return id;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    public Kind kind() {
        return kind;
    }

    /** The operator of the training job that it is, if Flink is asked how it does. */
    public Optional<OperatorIdentity> operator() {
        return Optional.ofNullable(operator);
    }

    /** In what its rate is counted. */
    public String rateUnit() {
        return rateUnit;
    }

    /** What waits in it or in front of it; empty where nothing is counted. */
    public String queueUnit() {
        return queueUnit;
    }

    /**
     * Which gauges of the operator say what waits, as a regular expression over their names; one plain name is the
     * queue itself. Empty for none.
     */
    public String gauges() {
        return gauges;
    }

    /** What its output goes to. */
    public PipelinePart next() {
        return switch (this) {
            case WEIGHTS -> GENERATORS;
            case SCHEDULER -> PROMPTS;
            default -> values()[ordinal() + 1];
        };
    }

    /** Whether the way back begins with it or behind it: completions have become groups with advantages. */
    public boolean onTheWayBack() {
        return compareTo(ADVANTAGE) >= 0;
    }
}
