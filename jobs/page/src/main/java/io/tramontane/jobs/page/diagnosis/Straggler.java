package io.tramontane.jobs.page.diagnosis;

/**
 * A group that waits for its last samples.
 *
 * @param groupId its name
 * @param missing samples that have not come
 * @param size of the group
 * @param seconds since its newest sample came
 */
public record Straggler(String groupId, int missing, int size, double seconds) {}
