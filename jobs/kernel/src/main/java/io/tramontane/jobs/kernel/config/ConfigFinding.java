package io.tramontane.jobs.kernel.config;

/**
 * Something wrong between values that are right by themselves.
 *
 * @param key the one to change
 * @param message what is wrong and what to do about it
 */
public record ConfigFinding(String key, String message) {}
