package io.tramontane.pipeline.training;

import io.tramontane.policy.training.TrainerState;

/**
 * The trainer between two steps.
 *
 * @param incarnation under which it publishes weights
 * @param state weights, moments and step; immutable, so a checkpoint shares its arrays with the running trainer
 */
record TrainerSnapshot(long incarnation, TrainerState state) {}
