package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.BudgetExhaustedException;
import io.tramontane.rewards.math.syntax.Expression;
import java.util.Optional;
import java.util.Set;

/** One comparison of an answer with a reference, from texts to a grade. Not thread-safe. */
public final class MathComparison {

    private static final int SHOWN = 60;
    private static final Set<String> SHORT_WORDS = Set.of("no", "yes", "odd");

    private final MathSettings settings;
    private final AnswerReader reader;
    private final AnswerComparison comparison;

    public MathComparison(MathSettings settings) {
        this.settings = settings;
        Budget budget = new Budget(settings.steps());
        this.reader = new AnswerReader(budget);
        this.comparison = new AnswerComparison(settings, budget);
    }

    /** CORRECT when the answer is proved to be the reference, WRONG when it is proved to be another one. */
    public Grade compare(String reference, String answer) {
        if (answer.isBlank()) {
            return Grade.wrong("the answer is empty");
        }
        if (reference.length() > settings.characters() || answer.length() > settings.characters()) {
            return Grade.ungradable("longer than " + settings.characters() + " characters");
        }
        try {
            return graded(reference, answer);
        } catch (BudgetExhaustedException e) {
            return Grade.timeout(e.getMessage());
        } catch (ArithmeticException e) {
            return Grade.ungradable("numbers beyond what can be computed");
        }
    }

    private Grade graded(String reference, String answer) {
        Likeness grouped = likeness(reference, answer, true);
        if (grouped == Likeness.SAME) {
            return Grade.correct(shown(answer) + " equals " + shown(reference));
        }
        boolean commas = reference.contains(",") || answer.contains(",");
        Likeness listed = commas ? likeness(reference, answer, false) : grouped;
        if (listed == Likeness.SAME) {
            return Grade.correct(shown(answer) + " equals " + shown(reference));
        }
        String words = AnswerText.words(reference);
        if (words.equals(AnswerText.words(answer))
                && (listed != Likeness.DIFFERENT && AnswerText.isSpacedAlike(reference, answer)
                        || isWord(words, reference + answer))) {
            return Grade.correct("the same words as the reference");
        }
        return grouped == Likeness.UNKNOWN && listed == Likeness.UNKNOWN
                ? Grade.ungradable("cannot tell whether " + shown(answer) + " equals " + shown(reference))
                : Grade.wrong(shown(answer) + " is not " + shown(reference));
    }

    /** A word whatever its case: one that is marked as text, or too long for a product of letters. */
    private static boolean isWord(String words, String texts) {
        return words.length() > 1
                && words.chars().allMatch(Character::isLetter)
                && (words.length() > 3
                        || SHORT_WORDS.contains(words)
                        || texts.contains("\\text")
                        || texts.contains("\\mbox"));
    }

    private Likeness likeness(String reference, String answer, boolean commasGroup) {
        Optional<Expression> expected = reader.read(reference, commasGroup);
        if (expected.isEmpty()) {
            return Likeness.UNKNOWN;
        }
        return reader.read(answer, commasGroup)
                .map(given -> comparison.compare(expected.get(), given))
                .orElse(Likeness.UNKNOWN);
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
