package io.tramontane.jobs.data.formats;

import java.util.Optional;

/** What a format makes of a row. When the row's fields have faults, it counts for nothing. */
public sealed interface MappedRow {

    /**
     * A problem.
     *
     * @param id what the row itself says it is called; empty when it has no name
     * @param text the problem, before the prompt template
     * @param language ISO 639-1 code; empty when unknown
     * @param verifier which verifier the reference is for: {@code math}, {@code code}, {@code numeric}; empty leaves it
     *     to the configuration
     * @param reference the answer, or the tests as JSON
     */
    record Draft(Optional<String> id, String text, String language, String verifier, String reference)
            implements MappedRow {

        /** Of a problem whose answer is a mathematical expression. */
        static Draft math(Optional<String> id, String text, String answer) {
            return new Draft(id, text, "", VerifierNames.MATH, answer);
        }

        /** Of a problem whose answer is a program. */
        static Draft code(Optional<String> id, String text, String tests) {
            return new Draft(id, text, "", VerifierNames.CODE, tests);
        }
    }

    /**
     * A row that is as it should be, but that no verifier can judge: a proof, a picture, a problem without tests.
     *
     * @param reason in a few words, the same for all rows of the kind
     */
    record LeftOut(String reason) implements MappedRow {}
}
