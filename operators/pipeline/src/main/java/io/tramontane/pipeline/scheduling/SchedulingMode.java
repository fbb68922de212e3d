package io.tramontane.pipeline.scheduling;

/** Whether generation and training take turns. */
public enum SchedulingMode {
    /** A new group is issued whenever a credit is free: generators never wait for the trainer. */
    ASYNC,
    /**
     * No more groups are unfinished than one batch takes, and each asks for the newest weights: generators wait while a
     * batch is trained. A group that is dropped is replaced at once, else the batch would never fill.
     */
    SYNC
}
