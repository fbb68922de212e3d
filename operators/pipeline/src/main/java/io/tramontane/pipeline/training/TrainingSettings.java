package io.tramontane.pipeline.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.grpo.LossSettings;
import io.tramontane.policy.training.OptimizerSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** How the policy is trained. */
public record TrainingSettings(
        @JsonPropertyDescription(
                "Optimizer steps after which training stops; what comes later waits in the trainer's state for a resume with more steps.")
        @PositiveOrZero
        long maximumSteps,

        @JsonPropertyDescription("AdamW.") @NotNull @Valid OptimizerSettings optimizer,

        @JsonPropertyDescription("The GRPO loss.") @NotNull @Valid
        LossSettings loss)
        implements Serializable {}
