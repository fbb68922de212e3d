package io.tramontane.jobs.data.formats;

/**
 * How many tests a code problem keeps: they travel with every completion.
 *
 * @param maximumTests the first ones that fit
 * @param maximumCharacters of all of them as JSON; a test that does not fit beside those before it is left out
 */
public record TestLimits(int maximumTests, int maximumCharacters) {}
