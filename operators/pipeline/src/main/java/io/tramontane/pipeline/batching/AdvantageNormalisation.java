package io.tramontane.pipeline.batching;

/** How advantages are scaled before the loss (Magistral §2.1 and its ablation). */
public enum AdvantageNormalisation {
    /** {@code (A − mean) / (std + 1e-8)} over the sequences of the minibatch: the default. */
    MINIBATCH,
    /** {@code A / (std of the group + 1e-8)}. */
    GROUP,
    /** As they are. */
    NONE
}
