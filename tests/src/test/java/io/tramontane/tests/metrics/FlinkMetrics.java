package io.tramontane.tests.metrics;

import java.util.List;

/** Those of Flink's own metrics and of its Kafka connector that our dashboards and alerts rely on. */
final class FlinkMetrics {

    private static final String TASK = "flink_taskmanager_job_task_";
    private static final String OPERATOR = TASK + "operator_";
    private static final String JOB = "flink_jobmanager_job_";

    /** Their names in Prometheus. */
    static final List<String> PROMETHEUS_NAMES = List.of(
            OPERATOR + "numRecordsInPerSecond",
            OPERATOR + "numRecordsOutPerSecond",
            OPERATOR + "pendingRecords",
            TASK + "busyTimeMsPerSecond",
            TASK + "backPressuredTimeMsPerSecond",
            TASK + "idleTimeMsPerSecond",
            JOB + "lastCheckpointDuration",
            JOB + "lastCheckpointSize",
            JOB + "numberOfFailedCheckpoints",
            JOB + "numRestarts",
            "flink_taskmanager_Status_JVM_Memory_Heap_Used");

    private FlinkMetrics() {}
}
