package io.tramontane.policy.training;

/**
 * One optimizer step.
 *
 * @param step counted from 1
 * @param gradientNorm L2 norm before it was bounded
 */
public record StepStatistics(long step, double learningRate, double gradientNorm) {}
