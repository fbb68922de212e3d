package io.tramontane.jobs.kernel.flink;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How the dataflow is executed. */
public record FlinkSettings(
        @JsonPropertyDescription("Port of the web UI on this machine; 0 takes a free one.") @Min(0) @Max(65_535)
        int webPort,

        @JsonPropertyDescription("Subtasks of admission, scoring, grouping and advantage each.") @Positive @Max(128)
        int parallelism,

        @JsonPropertyDescription("Time from one checkpoint to the next; also how late groups and steps become visible.")
        @NotNull
        Duration checkpointInterval,

        @JsonPropertyDescription("Completed checkpoints that are kept.") @Positive
        int checkpointsKept,

        @JsonPropertyDescription(
                "Checkpoints that may fail in a row, on a full disk for example, before the job restarts from the last good one.")
        @PositiveOrZero
        int tolerableCheckpointFailures,

        @JsonPropertyDescription(
                "Restarts from the newest checkpoint, with less than ten seconds of health between them, before a failing job gives up; -1: never.")
        @Min(-1)
        int restartAttempts,

        @JsonPropertyDescription("Wait before the first restart; it doubles with each that follows soon.") @NotNull
        Duration restartDelay,

        @JsonPropertyDescription("Further settings of Flink, passed on as they are.") @NotNull
        Map<String, String> properties) {

    public FlinkSettings {
        properties = properties == null ? null : new TreeMap<>(properties);
    }
}
