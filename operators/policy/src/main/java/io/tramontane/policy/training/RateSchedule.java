package io.tramontane.policy.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;

/**
 * How the learning rate falls from the end of the warm-up on. Its length is a setting of its own and not that of the
 * run, so that a run which is resumed with more steps goes on as it began.
 */
public record RateSchedule(
        @JsonPropertyDescription(
                "Its form: constant, linear, or cosine (Loshchilov and Hutter, \"SGDR\", without restarts).")
        @NotNull
        Form form,

        @JsonPropertyDescription("The step from which on the rate stays at its final share; counted from 1.")
        @PositiveOrZero
        long steps,

        @JsonPropertyDescription("The share of the learning rate that is left in the end.")
        @PositiveOrZero
        @DecimalMax("1")
        double finalShare)
        implements Serializable {

    /** The rate stays where it is. */
    public static final RateSchedule CONSTANT = new RateSchedule(Form.CONSTANT, 0, 0);

    /** The form of the fall. */
    public enum Form {
        CONSTANT {
            @Override
            double height(double progress) {
                return 1;
            }
        },
        LINEAR {
            @Override
            double height(double progress) {
                return 1 - progress;
            }
        },
        COSINE {
            @Override
            double height(double progress) {
                return (1 + StrictMath.cos(Math.PI * progress)) / 2;
            }
        };

        /** What is left of the fall, 1 to 0, at a progress of 0 to 1. */
        abstract double height(double progress);
    }

    boolean falls() {
        return form != Form.CONSTANT;
    }

    /** The share of the learning rate at a step that is not in the warm-up. */
    double share(long step, long warmUpSteps) {
        if (!falls()) {
            return 1;
        }
        double progress = Math.min(1, (double) (step - warmUpSteps) / (steps - warmUpSteps));
        return finalShare + (1 - finalShare) * form.height(progress);
    }
}
