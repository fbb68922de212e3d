package io.tramontane.rewards.composition;

import io.tramontane.rewards.Grader;
import io.tramontane.rewards.format.AnswerForm;
import java.util.Objects;

/**
 * A way to decide about correctness.
 *
 * @param name by which a problem asks for it
 * @param form what the answer part of a completion must hold for this verifier; the format gate asks for it
 * @param grader decides
 */
public record Verifier(String name, AnswerForm form, Grader grader) {

    public Verifier {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(grader, "grader");
    }
}
