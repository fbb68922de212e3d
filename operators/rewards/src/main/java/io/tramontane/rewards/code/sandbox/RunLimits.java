package io.tramontane.rewards.code.sandbox;

import java.time.Duration;
import java.util.Objects;

/**
 * What one run may use.
 *
 * @param processorTime user and system time of the process with all its threads
 * @param wallTime from start to end
 * @param addressSpaceBytes of a process: code, libraries, heap and stacks
 * @param fileBytes of any file that it writes, its output among them
 * @param outputBytes of standard output that are handed back
 * @param errorBytes of standard error that are handed back, the last ones
 * @param tasks threads, and where processes are allowed, threads and processes
 */
public record RunLimits(
        Duration processorTime,
        Duration wallTime,
        long addressSpaceBytes,
        long fileBytes,
        long outputBytes,
        long errorBytes,
        int tasks) {

    public RunLimits {
        Objects.requireNonNull(processorTime, "processorTime");
        Objects.requireNonNull(wallTime, "wallTime");
    }
}
