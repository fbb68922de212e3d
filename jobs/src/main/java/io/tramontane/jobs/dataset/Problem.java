package io.tramontane.jobs.dataset;

import java.util.Objects;

/**
 * A problem with a verifiable answer.
 *
 * @param id unique in its set; part of the identity of every completion of it
 * @param language ISO 639-1 code; empty when unknown
 * @param text the problem as the policy reads it
 * @param reference the answer; for code the tests, as JSON
 * @param verifier how it wants its answers verified: numeric, math, code; empty when it does not say
 */
public record Problem(String id, String language, String text, String reference, String verifier) {

    public Problem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(verifier, "verifier");
        if (id.isBlank() || text.isBlank() || reference.isBlank()) {
            throw new IllegalArgumentException("a problem needs an id, a text and a reference: " + id);
        }
    }
}
