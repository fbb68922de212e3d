package io.tramontane.policy.generation;

/**
 * One completion to sample.
 *
 * @param id handed back with the result
 * @param promptTokens at least one
 * @param maximumNewTokens the completion is truncated there
 * @param temperature of the softmax; 0 is greedy
 * @param seed of the sequence's own stream of random numbers, so that what is drawn does not depend on its neighbours
 */
public record GenerationRequest(String id, int[] promptTokens, int maximumNewTokens, float temperature, long seed) {}
