package io.tramontane.jobs.page.diagnosis;

/**
 * An answer to "why is it stuck?".
 *
 * @param cause what it is
 * @param sentence it said in one sentence, with the figures that show it
 * @param advice what to do about it; may be empty
 * @param metric the name of the figure that shows it best
 */
public record Finding(Cause cause, String sentence, String advice, String metric) {}
