package io.tramontane.jobs.generator;

import io.tramontane.schemas.WeightsVersion;

/**
 * What a generator has done so far.
 *
 * @param weights the version the next token comes from
 * @param tokens completion tokens sampled
 * @param completions completions finished
 * @param seconds since the generator started to look for prompts
 * @param idleSeconds with no sequence running
 * @param idleWithCreditsSeconds the part of the idle time in which a prompt lay in the topic: what the generator itself
 *     lost, as opposed to waiting for the trainer within the credit bound
 * @param swaps versions of the weights adopted in flight
 * @param adoptMillisMean mean time from the publication of a version to its first token here, milliseconds
 */
public record GeneratorStatistics(
        WeightsVersion weights,
        long tokens,
        long completions,
        double seconds,
        double idleSeconds,
        double idleWithCreditsSeconds,
        long swaps,
        double adoptMillisMean) {

    /** Share of the time in which the generator had nothing to do although credits were available. */
    public double idleFraction() {
        return seconds == 0 ? 0 : idleWithCreditsSeconds / seconds;
    }
}
