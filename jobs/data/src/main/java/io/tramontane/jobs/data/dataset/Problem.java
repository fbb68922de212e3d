package io.tramontane.jobs.data.dataset;

import java.util.Objects;

/**
 * A problem with a verifiable answer.
 *
 * @param id unique in its set; part of the identity of every completion of it
 * @param language ISO 639-1 code; empty when unknown
 * @param text the problem as the policy reads it
 * @param reference the answer; for code the tests, as JSON
 * @param verifier how it wants its answers verified: numeric, math, code; empty when it does not say
 * @param extra what else its file says of it, as a JSON object; empty when that is nothing
 */
public record Problem(String id, String language, String text, String reference, String verifier, String extra) {

    public Problem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(verifier, "verifier");
        Objects.requireNonNull(extra, "extra");
        if (id.isBlank() || text.isBlank() || reference.isBlank()) {
            throw new IllegalArgumentException("a problem needs an id, a text and a reference: " + id);
        }
    }

    /** A problem of which nothing else is known. */
    public Problem(String id, String language, String text, String reference, String verifier) {
        this(id, language, text, reference, verifier, "");
    }
}
