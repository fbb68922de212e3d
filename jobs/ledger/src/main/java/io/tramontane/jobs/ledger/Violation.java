package io.tramontane.jobs.ledger;

/**
 * One thing that must not be.
 *
 * @param subject id of the completion or group, or name of the step or record
 * @param detail what was found, for a person to read
 */
public record Violation(ViolationKind kind, String subject, String detail) {}
