package io.tramontane.pipeline.metrics;

import static io.tramontane.pipeline.OperatorIdentity.ADMISSION;
import static io.tramontane.pipeline.OperatorIdentity.ADVANTAGE;
import static io.tramontane.pipeline.OperatorIdentity.BATCHING;
import static io.tramontane.pipeline.OperatorIdentity.COMPLETIONS_SPLIT;
import static io.tramontane.pipeline.OperatorIdentity.GROUPING;
import static io.tramontane.pipeline.OperatorIdentity.OUTCOMES_SPLIT;
import static io.tramontane.pipeline.OperatorIdentity.SCHEDULER;
import static io.tramontane.pipeline.OperatorIdentity.SCORING;
import static io.tramontane.pipeline.OperatorIdentity.TRAINER;
import static io.tramontane.pipeline.OperatorIdentity.WEIGHTS_SPLIT;
import static io.tramontane.pipeline.metrics.MetricDefinition.of;
import static io.tramontane.pipeline.metrics.MetricKind.COUNTER;
import static io.tramontane.pipeline.metrics.MetricKind.GAUGE;
import static io.tramontane.pipeline.metrics.MetricKind.HISTOGRAM;
import static io.tramontane.pipeline.metrics.MetricKind.METER;
import static io.tramontane.pipeline.metrics.MetricKind.TEXT;

import java.util.List;

/** The metrics of operators in which completions move: what waits where, and what is lost. */
public final class PipelineCatalogue {

    public static final MetricDefinition MALFORMED_RECORDS = of(
            COUNTER,
            "malformedRecords",
            "records",
            "Records that could not be read and went to dead-letters.",
            COMPLETIONS_SPLIT,
            WEIGHTS_SPLIT,
            OUTCOMES_SPLIT);

    public static final MetricDefinition DROPPED_COMPLETIONS = of(
                    COUNTER,
                    "droppedCompletions",
                    "completions",
                    "Completions that end here untrained. Added up over operators they are the ledger's.",
                    ADMISSION,
                    GROUPING,
                    ADVANTAGE,
                    BATCHING)
            .by("reason");

    public static final MetricDefinition STALE_COMPLETIONS = of(
            COUNTER,
            "staleCompletions",
            "completions",
            "Completions that lag too far behind the newest weights, or whose group does; they are not scored.",
            ADMISSION);

    public static final MetricDefinition PUBLISH_TO_COMPLETION = of(
            HISTOGRAM,
            "publishToCompletionMilliseconds",
            "ms",
            "From the publication of weights to the end of the first completion with a token of theirs.",
            ADMISSION);

    public static final MetricDefinition IN_GRADING =
            of(GAUGE, "inGrading", "completions", "Completions that are being graded or wait for a verifier.", SCORING);

    public static final MetricDefinition POOL_WAITING = of(
                    GAUGE, "waiting", "tasks", "Tasks that wait for a thread of the pool.", SCORING)
            .by("pool");

    public static final MetricDefinition POOL_OVERDUE = of(
                    GAUGE,
                    "overdueThreads",
                    "threads",
                    "Threads that hang in a verifier beyond its deadline; others were started in their place.",
                    SCORING)
            .by("pool");

    public static final MetricDefinition GRADED = of(
                    METER, "gradedPerSecond", "completions/s", "Completions that the verifier has graded.", SCORING)
            .by("verifier");

    public static final MetricDefinition VERIFIER_LATENCY = of(
                    HISTOGRAM, "latencyMicros", "µs", "Time that grading took, of the newest 1,000 verdicts.", SCORING)
            .by("verifier");

    public static final MetricDefinition VERDICTS = of(
                    COUNTER, "count", "verdicts", "Verdicts of the verifier.", SCORING)
            .by("verifier", "verdict");

    public static final MetricDefinition OPEN_GROUPS =
            of(GAUGE, "openGroups", "groups", "Groups that wait for completions.", GROUPING);

    public static final MetricDefinition GROUPING_HEAP =
            of(GAUGE, "heapBytes", "bytes", "Completions of open groups on the heap.", GROUPING);

    public static final MetricDefinition OLDEST_GROUP_AGE = of(
            GAUGE,
            "oldestGroupAgeMilliseconds",
            "ms",
            "For how long the oldest open group has waited since its first completion, or since the last restore.",
            GROUPING);

    public static final MetricDefinition OLDEST_GROUP =
            of(TEXT, "oldestGroup", "group id", "The open group that has waited longest.", GROUPING);

    public static final MetricDefinition ASKED_FOR_SAMPLES = of(
            COUNTER,
            "groupsAskedForMissingSamples",
            "groups",
            "Groups whose missing samples were asked for at their deadline.",
            GROUPING);

    public static final MetricDefinition GROUPS =
            of(COUNTER, "groups", "groups", "Finished groups.", ADVANTAGE).by("fate");

    public static final MetricDefinition COMPLETIONS = of(
                    COUNTER, "completions", "completions", "Completions of finished groups.", BATCHING)
            .by("fate");

    public static final MetricDefinition COMPLETION_TOKENS = of(
                    COUNTER,
                    "completionTokens",
                    "tokens",
                    "Tokens of those completions. Tokens by completion of one fate against another: whether a length is"
                            + " favoured.",
                    BATCHING)
            .by("fate");

    public static final MetricDefinition FINISHED_TOKENS = of(
            METER, "finishedTokensPerSecond", "tokens/s", "What generators sample, by the groups that end.", BATCHING);

    public static final MetricDefinition TOKEN_LAG = of(
            HISTOGRAM,
            "tokenLag",
            "versions",
            "Versions that a token lies behind the one it is trained at, over the tokens of this batch and the last.",
            BATCHING);

    public static final MetricDefinition BATCH_FILL =
            of(GAUGE, "batchFill", "share", "How much of the batch being filled is there.", BATCHING);

    public static final MetricDefinition STEP =
            of(GAUGE, "step", "steps", "Optimizer steps done: the version of the newest weights.", TRAINER);

    public static final MetricDefinition INCARNATION = of(
            GAUGE,
            "incarnation",
            "starts",
            "Incarnation of the newest weights; one more with every start of the trainer.",
            TRAINER);

    public static final MetricDefinition STEP_AGE = of(
            GAUGE,
            "stepAgeMilliseconds",
            "ms",
            "Time since the last optimizer step, or since the start of the trainer.",
            TRAINER);

    public static final MetricDefinition CHECKPOINT_AGE = of(
            GAUGE,
            "checkpointAgeMilliseconds",
            "ms",
            "Time since the last completed checkpoint, or since the start of the trainer.",
            TRAINER);

    public static final MetricDefinition WAITING_MICRO_BATCHES = of(
            GAUGE,
            "waitingMicroBatches",
            "micro-batches",
            "Micro-batches in the trainer that are not computed, the one in computation included.",
            TRAINER);

    public static final MetricDefinition NATIVE_ARRAYS =
            of(GAUGE, "nativeArrays", "arrays", "Arrays that the trainer holds outside of the heap.", TRAINER);

    public static final MetricDefinition STEP_TIME =
            of(HISTOGRAM, "stepMilliseconds", "ms", "Time spent computing a step, of the last 1,000.", TRAINER);

    public static final MetricDefinition TRAINED_TOKENS_RATE =
            of(METER, "trainedTokensPerSecond", "tokens/s", "Completion tokens that are trained on.", TRAINER);

    public static final MetricDefinition GROUPS_IN_FLIGHT =
            of(GAUGE, "groupsInFlight", "groups", "Groups issued and not ended.", SCHEDULER);

    public static final MetricDefinition CREDITS =
            of(GAUGE, "credits", "groups", "Groups that may be in flight; once they are, none is issued.", SCHEDULER);

    public static final MetricDefinition ISSUED_GROUPS =
            of(COUNTER, "issuedGroups", "groups", "Groups issued for the first time.", SCHEDULER);

    public static final MetricDefinition REISSUED_GROUPS = of(
            COUNTER,
            "reissuedGroups",
            "groups",
            "Prompts issued again, because samples are missing or the group has not ended in time.",
            SCHEDULER);

    public static final MetricDefinition STAGE = of(
            GAUGE,
            "stage",
            "stages",
            "Stage of the curriculum that the next group belongs to, from 1; 0 in a run without one.",
            SCHEDULER);

    public static final List<MetricDefinition> ALL = List.of(
            MALFORMED_RECORDS,
            DROPPED_COMPLETIONS,
            STALE_COMPLETIONS,
            PUBLISH_TO_COMPLETION,
            IN_GRADING,
            POOL_WAITING,
            POOL_OVERDUE,
            GRADED,
            VERIFIER_LATENCY,
            VERDICTS,
            OPEN_GROUPS,
            GROUPING_HEAP,
            OLDEST_GROUP_AGE,
            OLDEST_GROUP,
            ASKED_FOR_SAMPLES,
            GROUPS,
            COMPLETIONS,
            COMPLETION_TOKENS,
            FINISHED_TOKENS,
            TOKEN_LAG,
            BATCH_FILL,
            STEP,
            INCARNATION,
            STEP_AGE,
            CHECKPOINT_AGE,
            WAITING_MICRO_BATCHES,
            NATIVE_ARRAYS,
            STEP_TIME,
            TRAINED_TOKENS_RATE,
            GROUPS_IN_FLIGHT,
            CREDITS,
            ISSUED_GROUPS,
            REISSUED_GROUPS,
            STAGE);

    private PipelineCatalogue() {}
}
