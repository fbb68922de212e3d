package io.tramontane.kafka.prompts;

import io.tramontane.schemas.Prompt;

/**
 * A prompt that is this generator's for now.
 *
 * @param prompt what to generate
 * @param partition where it lies in the prompts topic
 * @param offset where it lies in the partition
 * @param deliveryCount how often it was handed out, this time included; above 1 after a release or a lost generator
 * @param timestamp when it was written, milliseconds since the epoch
 */
public record LeasedPrompt(Prompt prompt, int partition, long offset, int deliveryCount, long timestamp) {}
