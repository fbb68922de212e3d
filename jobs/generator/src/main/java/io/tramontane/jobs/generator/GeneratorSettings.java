package io.tramontane.jobs.generator;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;

/** How a generator process samples. */
public record GeneratorSettings(
        @JsonPropertyDescription("Sequences a generator decodes side by side (the batch of one decode step).") @Positive
        int slots,

        @JsonPropertyDescription(
                "Groups a generator leases from the prompts topic at a time; the next ones are fetched while the last of these still run.")
        @Positive
        int leasedGroups) {}
