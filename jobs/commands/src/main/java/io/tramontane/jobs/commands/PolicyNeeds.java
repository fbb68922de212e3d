package io.tramontane.jobs.commands;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.generation.GenerationSettings;

/**
 * What a run holds of a policy, as far as its shape and the configuration say it exactly; what single micro-batches
 * need is not in it.
 *
 * @param weights bytes of the weights in float32: in the trainer, and in each generator
 * @param moments bytes of AdamW's two moments, in the trainer
 * @param gradient bytes of the gradient, in the trainer
 * @param version bytes of one published version
 * @param versionsKept how many the topic of the weights keeps
 * @param cache bytes of the KV cache of each generator
 * @param slots sequences that it decodes side by side
 * @param positions longest sequence, tokens
 */
record PolicyNeeds(
        long weights,
        long moments,
        long gradient,
        long version,
        int versionsKept,
        long cache,
        int slots,
        int positions) {

    /**
     * @param generation of a run's generators
     * @param versionsKept {@code weights.versions-kept}
     */
    static PolicyNeeds of(PolicyConfig config, GenerationSettings generation, int versionsKept) {
        long weights = Float.BYTES
                * config.tensors().stream().mapToLong(TensorSpec::size).sum();
        return new PolicyNeeds(
                weights,
                2 * weights,
                weights,
                weights,
                versionsKept,
                generation.cacheBytes(config),
                generation.slots(),
                generation.maximumTokens());
    }
}
