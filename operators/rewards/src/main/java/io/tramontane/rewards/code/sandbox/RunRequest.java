package io.tramontane.rewards.code.sandbox;

import java.util.List;
import java.util.Objects;

/**
 * One command to run in a session.
 *
 * @param policy what it may do
 * @param command an executable's absolute path and its arguments
 * @param environment {@code NAME=value}; nothing is added
 * @param input its standard input
 * @param limits what it may use
 */
public record RunRequest(
        Policy policy, List<String> command, List<String> environment, byte[] input, RunLimits limits) {

    public RunRequest {
        Objects.requireNonNull(policy, "policy");
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(limits, "limits");
    }

    /** What a command may do. */
    public enum Policy {
        /** Our compiler on a hostile source: may start processes and write to the box. */
        BUILD,
        /** A hostile program: one process, any number of threads, reads the box. */
        PROGRAM
    }
}
