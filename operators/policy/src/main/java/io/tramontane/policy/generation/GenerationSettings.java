package io.tramontane.policy.generation;

/**
 * Size of a generation engine.
 *
 * @param slots sequences decoded side by side
 * @param maximumTokens longest sequence, prompt and completion together; with the slots it sizes the KV cache
 */
public record GenerationSettings(int slots, int maximumTokens) {}
