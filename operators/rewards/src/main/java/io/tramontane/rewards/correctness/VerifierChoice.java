package io.tramontane.rewards.correctness;

import java.util.Locale;

/** Which verifier decides about correctness. */
public enum VerifierChoice {
    /** The one that the problem names; {@link #MATH} where it names none. */
    AUTOMATIC,
    /** Exact equality of plain numbers. */
    NUMERIC,
    /** Equality of mathematics. */
    MATH,
    /** Programs run against tests. */
    CODE;

    /** The name of the verifier in problems and records: lower case. */
    public String verifierName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
