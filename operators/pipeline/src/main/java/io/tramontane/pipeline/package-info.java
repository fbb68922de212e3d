/**
 * The streaming pipeline from completions to optimizer steps, as Flink operators around plain Java. Each feature has an
 * algorithm without Flink types, a thin operator, and its wiring, which attaches it to a job under its fixed identity.
 * This package holds what the features share.
 */
package io.tramontane.pipeline;
