package io.tramontane.pipeline;

import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The identity of every operator of our jobs: the uid under which its state is kept, and what the Flink UI shows.
 *
 * <p>A uid is part of the state format: once released it is never changed nor given to another operator. Names and
 * descriptions may change at will.
 */
public enum OperatorIdentity {
    COMPLETIONS_SOURCE(
            "completions-source",
            "Completions",
            "Reads the completions topic",
            OperatorState.split("SourceReaderState", "KafkaPartitionSplit: partition and next offset")),
    COMPLETIONS_SPLIT("completions-split", "Readable completions", "Sends what cannot be read to dead-letters"),
    WEIGHTS_SOURCE(
            "weights-manifest-source",
            "Weights manifest",
            "Reads which weights are the newest",
            OperatorState.split("SourceReaderState", "KafkaPartitionSplit: partition and next offset")),
    WEIGHTS_SPLIT("weights-manifest-split", "Readable manifests", "Sends what cannot be read to dead-letters"),
    OUTCOMES_SOURCE(
            "outcomes-source",
            "Outcomes",
            "Reads how groups ended, for the scheduler's credits",
            OperatorState.split("SourceReaderState", "KafkaPartitionSplit: partition and next offset")),
    OUTCOMES_SPLIT("outcomes-split", "Readable outcomes", "Sends what cannot be read to dead-letters"),
    SCHEDULER_KICK(
            "scheduler-kick",
            "Kick-off",
            "One element that starts the scheduler of a new run",
            OperatorState.alone("SourceReaderState", "whether the element was emitted")),
    SELECTION("replay-selection", "Selection", "The part of a recorded run that is replayed"),
    ADMISSION(
            "admission",
            "Admission",
            "Recognises duplicates and stale completions",
            OperatorState.keyed("group-memory", "GroupMemory, with time-to-live"),
            OperatorState.broadcast("newest-weights", "run id to WeightsVersion")),
    SCORING(
            "scoring",
            "Scoring",
            "Grades completions, side by side and each with a deadline",
            OperatorState.split("_async_wait_operator_state_", "Completion: those being graded, graded again")),
    GROUPING(
            "grouping",
            "Grouping",
            "Collects the completions of a prompt until its group is complete or too late",
            OperatorState.keyed("open-completions", "list of ScoredCompletion"),
            OperatorState.keyed("closed-group", "GroupFate, with time-to-live"),
            OperatorState.keyed("asked-for-missing-samples", "Boolean")),
    ADVANTAGE("advantage", "Advantage", "Reward minus the group's mean; groups that teach nothing end here"),
    BATCHING(
            "batching",
            "Batching",
            "Fixed number of completions, normalised, in micro-batches bounded by tokens",
            OperatorState.alone("batch", "BatchState")),
    TRAINER(
            "trainer",
            "Trainer",
            "GRPO and AdamW; publishes the weights of every step",
            OperatorState.alone("trainer", "TrainerSnapshot"),
            OperatorState.alone("micro-batches", "MicroBatch")),
    SCHEDULER(
            "scheduler",
            "Prompt scheduler",
            "Issues groups in a seeded order within its credits",
            OperatorState.alone("schedule", "ScheduleState"),
            OperatorState.alone("reissue-timer", "Long")),
    PROMPTS_SINK("prompts-sink", "Prompts", "Writes the prompts topic, at least once"),
    GROUPS_SINK("groups-sink", "Groups", "Writes the groups topic, exactly once"),
    STEPS_SINK("steps-sink", "Steps", "Writes the steps topic, exactly once"),
    OUTCOMES_SINK("outcomes-sink", "Outcomes", "Writes the outcomes topic, at least once"),
    DEAD_LETTERS_SINK("dead-letters-sink", "Dead letters", "Writes the dead-letters topic, exactly once");

    private static final int MAXIMUM_PARALLELISM = 128;

    private final String uid;
    private final String title;
    private final String description;
    private final List<OperatorState> states;

    OperatorIdentity(String uid, String title, String description, OperatorState... states) {
        this.uid = uid;
        this.title = title;
        this.description = description;
        this.states = List.of(states);
    }

    /**
     * Upper bound of any operator's parallelism. It fixes the number of key groups and so is part of the state format;
     * 128 leaves room for far more subtasks than a machine has cores.
     */
    public static int maximumParallelism() {
        return MAXIMUM_PARALLELISM;
    }

    /** The key of the operator's state. */
    public String uid() {
        return uid;
    }

    /** The operator's name in the Flink UI and in metrics. */
    public String title() {
        return title;
    }

    /** What a savepoint holds of the operator under our own names; without timers and without the sinks' own. */
    public List<OperatorState> states() {
        return states;
    }

    /** Gives the operator this identity. */
    public <T> SingleOutputStreamOperator<T> identify(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid).name(title).setDescription(description);
    }

    /** Gives the sink this identity. */
    public <T> DataStreamSink<T> identify(DataStreamSink<T> sink) {
        return sink.uid(uid).name(title).setDescription(description);
    }
}
