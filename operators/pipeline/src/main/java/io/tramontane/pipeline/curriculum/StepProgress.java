package io.tramontane.pipeline.curriculum;

/**
 * The results of a step's groups: all complete ones since the step before. Travels between operators: fields may be
 * added or removed, not retyped.
 *
 * @param step its number
 * @param stage of its batch, from 1
 * @param accuracy share of completions whose answer is right
 * @param rewardMean of a completion
 * @param truncatedShare of completions, ended by the token budget
 */
public record StepProgress(long step, int stage, double accuracy, double rewardMean, double truncatedShare) {}
