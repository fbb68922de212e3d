package io.tramontane.jobs.page.diagnosis;

/**
 * The pool of threads of a verifier.
 *
 * @param name of the verifier, or {@code built-in} and {@code code}
 * @param waiting completions that wait for a thread
 * @param overdue threads that are beyond their deadline
 * @param oldestSeconds how long the oldest completion in it has been there; not a number when not known
 */
public record VerifierQueue(String name, long waiting, long overdue, double oldestSeconds) {}
