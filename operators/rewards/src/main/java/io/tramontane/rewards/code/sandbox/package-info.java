/**
 * Runs hostile programs with limits, isolated from the host and from each other.
 *
 * <p>{@link io.tramontane.rewards.code.sandbox.Sandbox} chooses how and opens sessions. A session is one instance of
 * the isolation with our runner (the resource {@code runner.c}) inside it, which runs one program after another.
 */
package io.tramontane.rewards.code.sandbox;
