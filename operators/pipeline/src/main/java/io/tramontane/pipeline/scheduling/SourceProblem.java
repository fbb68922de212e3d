package io.tramontane.pipeline.scheduling;

import java.util.Objects;

/**
 * One problem to pose.
 *
 * @param id unique in the data set
 * @param problem the text the policy reads
 * @param reference the verifiable answer
 * @param verifier how the problem wants its answers verified; empty when it does not say
 * @param language ISO 639-1 code, or empty when unknown
 */
public record SourceProblem(String id, String problem, String reference, String verifier, String language) {

    public SourceProblem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(verifier, "verifier");
        Objects.requireNonNull(language, "language");
    }
}
