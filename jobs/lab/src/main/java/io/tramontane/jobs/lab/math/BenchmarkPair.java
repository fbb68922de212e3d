package io.tramontane.jobs.lab.math;

import java.util.Objects;

/** A reference and an answer to compare with it. */
public record BenchmarkPair(String reference, String answer) {

    public BenchmarkPair {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(answer, "answer");
    }
}
