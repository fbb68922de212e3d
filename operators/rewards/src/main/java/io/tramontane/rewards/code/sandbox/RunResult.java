package io.tramontane.rewards.code.sandbox;

import java.util.Objects;

/**
 * How a run went.
 *
 * @param ending how it ended
 * @param code exit code, or the number of the signal that ended it
 * @param processorMicros user and system time, that of awaited children included
 * @param wallMicros from start to end
 * @param memoryBytes largest resident set
 * @param output standard output, as far as it is handed back
 * @param error the end of standard error
 */
public record RunResult(
        Ending ending, int code, long processorMicros, long wallMicros, long memoryBytes, byte[] output, byte[] error) {

    public RunResult {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(error, "error");
    }

    /** Whether it exited by itself with code 0. */
    public boolean succeeded() {
        return ending == Ending.EXITED && code == 0;
    }

    /** How a run ended; the order is that of the runner's protocol. */
    public enum Ending {
        EXITED,
        SIGNALLED,
        /** Killed when its wall time was up. */
        OUT_OF_TIME
    }
}
