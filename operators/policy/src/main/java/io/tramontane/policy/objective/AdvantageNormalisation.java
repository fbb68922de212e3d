package io.tramontane.policy.objective;

/** How advantages r − mean(group) are scaled before the loss (Magistral §2.1). */
public enum AdvantageNormalisation {
    /** (A − mean) / (std + 1e-8) over the sequences of the minibatch: the recipe. */
    MINIBATCH,
    /** Divided by the standard deviation of the rewards of the completion's own group: the original GRPO. */
    GROUP,
    /** As they are. */
    NONE
}
