package io.tramontane.pipeline.scheduling;

/** Whether generation and training take turns. */
public enum SchedulingMode {
    /** A new group is issued whenever a credit is free: generators never wait for the trainer. */
    ASYNC,
    /**
     * A batch's worth of groups is issued, and the next one only after all of it was trained; each asks for the newest
     * weights. Groups that are dropped are replaced within the wave, else a batch would never fill.
     */
    SYNC
}
