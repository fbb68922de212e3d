package io.tramontane.pipeline.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.training.OptimizerSettings;
import io.tramontane.policy.training.TrainingArithmetic;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/** How the policy is trained. */
public record TrainingSettings(
        @JsonPropertyDescription(
                "Optimizer steps after which training stops; what comes later waits in the trainer's state for a resume with more steps.")
        @PositiveOrZero
        long maximumSteps,

        @JsonPropertyDescription(
                "Optimizer steps between two versions of the weights that generators get: the minibatches of a batch (n_batch / n_minibatch of the report). The last step is always published.")
        @Positive
        int stepsPerPublication,

        @JsonPropertyDescription("AdamW.") @NotNull @Valid OptimizerSettings optimizer,

        @JsonPropertyDescription("What the policy is trained for.") @NotNull @Valid
        LossSettings loss,

        @JsonPropertyDescription(
                "A published recipe, which sets the loss, the advantage and the normalisation: none, dapo or dr_grpo. What it sets may not be set otherwise.")
        @NotNull
        String preset,

        @JsonPropertyDescription(
                "The number of the arithmetic by which steps are computed; new runs take the newest, and a run keeps its own, so that its replay gives the same bits.")
        int arithmetic)
        implements Serializable {

    /** Settings of a new run. */
    public TrainingSettings(long maximumSteps, OptimizerSettings optimizer, LossSettings loss) {
        this(
                maximumSteps,
                1,
                optimizer,
                loss,
                "none",
                TrainingArithmetic.newest().number());
    }

    /** Whether generators get the weights of a step. */
    boolean publishes(long step) {
        return step % stepsPerPublication == 0 || step == maximumSteps;
    }

    /** How steps are computed. */
    TrainingArithmetic computing() {
        return TrainingArithmetic.of(arithmetic)
                .orElseThrow(() -> new IllegalStateException("there is no arithmetic " + arithmetic));
    }
}
