package io.tramontane.jobs.data.formats;

import io.tramontane.rewards.correctness.VerifierChoice;
import java.util.Set;

/** The names of the verifiers that a problem may ask for. */
final class VerifierNames {

    static final String MATH = VerifierChoice.MATH.verifierName();
    static final String CODE = VerifierChoice.CODE.verifierName();
    static final String NUMERIC = VerifierChoice.NUMERIC.verifierName();

    static final Set<String> ALL = Set.of(MATH, CODE, NUMERIC);

    private VerifierNames() {}
}
