package io.tramontane.jobs.data.formats;

import io.tramontane.rewards.answer.AnswerExtraction;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.answer.AnswerSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * DeepScaleR, NuminaMath, NuminaMath-CoT, OpenR1-Math and their relatives: {@code problem} with an {@code answer}, or
 * with a {@code solution} whose last {@code \boxed{}} is the answer.
 *
 * <p>Left out are proofs, problems without an answer, and those that their publishers have marked as not valid.
 */
final class MathMapping implements RowMapping {

    private static final Set<String> NO_ANSWERS = Set.of("notfound", "not found", "none", "n/a");
    private static final String PROOF = "proof";

    private final AnswerExtractor boxed = new AnswerExtractor(new AnswerSettings(AnswerExtraction.BOXED, ""));

    @Override
    public MappedRow map(RowFields row) {
        Optional<String> id = row.firstText("uuid", "id", "problem_id");
        String problem = row.text("problem");
        String answer = row.filledText("answer").map(String::strip).orElse("");
        String solution = row.filledText("solution").orElse("");
        String valid = row.glance("problem_is_valid");
        if (row.glance("question_type").equalsIgnoreCase(PROOF) || answer.equalsIgnoreCase(PROOF)) {
            return new MappedRow.LeftOut("a proof");
        }
        if (!valid.isEmpty() && !valid.equalsIgnoreCase("Yes")) {
            return new MappedRow.LeftOut("marked as not valid");
        }
        if (NO_ANSWERS.contains(answer.toLowerCase(Locale.ROOT))) {
            return new MappedRow.LeftOut("no known answer");
        }
        if (answer.isEmpty() && !solution.isEmpty()) {
            answer = boxed.extract(solution).orElse("");
            if (answer.isEmpty()) {
                return new MappedRow.LeftOut("no \\boxed answer in the solution");
            }
        }
        return MappedRow.Draft.math(id, problem, answer.isEmpty() ? row.text("answer") : answer);
    }
}
