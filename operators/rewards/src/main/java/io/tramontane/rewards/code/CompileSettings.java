package io.tramontane.rewards.code;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.code.sandbox.RunLimits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** Limits of the compiler. */
public record CompileSettings(
        @JsonPropertyDescription("Longest CPU time of a process of the compiler, and longest wall time of all.")
        @NotNull
        Duration time,

        @JsonPropertyDescription("Largest address space of a process of the compiler, in bytes.") @NotNull @Positive
        Long memoryBytes,

        @JsonPropertyDescription("Largest file that the compiler may write, in bytes.") @NotNull @Positive
        Long outputBytes)
        implements Serializable {

    /** Complaints beyond this are of no use to anybody. */
    private static final long MESSAGE_BYTES = 16_384;

    /** The driver, the compiler, the assembler, the linker, and a few to spare. */
    private static final int PROCESSES = 32;

    RunLimits limits() {
        return new RunLimits(time, time, memoryBytes, outputBytes, MESSAGE_BYTES, MESSAGE_BYTES, PROCESSES);
    }
}
