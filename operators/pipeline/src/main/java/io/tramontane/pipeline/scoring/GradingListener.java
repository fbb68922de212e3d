package io.tramontane.pipeline.scoring;

import io.tramontane.schemas.RewardComponent;

/** Receives each verifier's verdict. Thread-safe. */
@FunctionalInterface
interface GradingListener {

    /** @param verifier name of the component, or of the verifier that the component passed the completion on to */
    void graded(String verifier, RewardComponent component);
}
