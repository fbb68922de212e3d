package io.tramontane.jobs.page.pipeline;

/**
 * A node of the diagram. What is not known is not a number.
 *
 * @param id of the node
 * @param rate what goes through it
 * @param rateUnit in what
 * @param queue what waits in it or in front of it
 * @param queueUnit what that is
 * @param busy share of its time, in [0, 1], in which it works
 * @param backpressured share of its time in which it waits for the part behind it
 */
public record PartView(
        String id, double rate, String rateUnit, double queue, String queueUnit, double busy, double backpressured) {}
