package io.tramontane.policy.generation;

import io.tramontane.schemas.WeightsVersion;

/** The completion tokens [start, end) that one version of the weights sampled. */
public record VersionSpan(WeightsVersion version, int start, int end) {}
