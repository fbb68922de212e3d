package io.tramontane.pipeline.training;

import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** Makes the learner where the trainer runs. */
@FunctionalInterface
public interface LearnerFactory extends Serializable {

    /**
     * @param restored where to go on; empty for a new run, which begins with the base policy
     * @throws IOException when the base policy cannot be read, or the state does not fit it
     */
    Learner create(Optional<TrainerState> restored) throws IOException;
}
