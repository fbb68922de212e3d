/**
 * One YAML file becomes typed, validated records. {@code ConfigLoader} is the way in; {@code defaults.yaml} holds the
 * value of every key that a user does not set.
 */
package io.tramontane.jobs.kernel.config;
