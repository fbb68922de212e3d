package io.tramontane.rewards.code;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.code.sandbox.RunLimits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;

/** Limits of a program on one test. */
public record TestSettings(
        @JsonPropertyDescription("Longest CPU time of all its threads together.") @NotNull
        Duration processorTime,

        @JsonPropertyDescription("How much longer than its CPU time it may take by the clock.") @NotNull
        Duration wallMargin,

        @JsonPropertyDescription("Most memory that it may use, in bytes.") @NotNull @Positive
        Long memoryBytes,

        @JsonPropertyDescription("Most that it may write to standard output, in bytes.") @NotNull @Positive
        Long outputBytes)
        implements Serializable {

    /**
     * Address space that a program needs without using the memory: libraries, and what the allocator reserves for
     * threads. What it does use is compared with the limit afterwards.
     */
    private static final long ADDRESS_SPACE_MARGIN = 96_000_000;

    private static final long ERROR_BYTES = 4_096;
    private static final int THREADS = 64;

    /** These limits with the problem's own in their place. */
    TestSettings with(TestSuite.Limits own) {
        return new TestSettings(
                own.processorTime().orElse(processorTime),
                wallMargin,
                own.memoryBytes().orElse(memoryBytes),
                outputBytes);
    }

    RunLimits limits() {
        return new RunLimits(
                processorTime,
                processorTime.plus(wallMargin),
                memoryBytes + ADDRESS_SPACE_MARGIN,
                outputBytes,
                outputBytes,
                ERROR_BYTES,
                THREADS);
    }
}
