package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Our own layout: {@code id}, {@code problem}, {@code answer}, and optionally {@code language} and {@code verifier}.
 * The answer of a code problem is the object with its tests.
 */
final class TramontaneMapping implements RowMapping {

    @Override
    public MappedRow map(RowFields row) {
        JsonNode answer = row.node("answer");
        boolean tests = answer.isObject();
        String verifier = row.filledText("verifier").orElse(tests ? VerifierNames.CODE : "");
        if (!verifier.isEmpty() && !VerifierNames.ALL.contains(verifier)) {
            row.fault("verifier", "must be math, code or numeric, not '" + verifier + "'");
        }
        return new MappedRow.Draft(
                Optional.of(row.text("id")),
                row.text("problem"),
                row.filledText("language").orElse(""),
                verifier,
                tests ? answer.toString() : row.text("answer"));
    }
}
