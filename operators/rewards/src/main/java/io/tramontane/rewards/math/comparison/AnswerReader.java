package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.syntax.Expression;
import io.tramontane.rewards.math.syntax.Parser;
import io.tramontane.rewards.math.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a text as an expression. Not thread-safe: it spends its comparison's budget. */
final class AnswerReader {

    /** Not 2,3, which is a list as well, nor 1,234, which is a thousand. */
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(?:0,\\d+|\\d+,(?:\\d{2}|\\d{4,}))");

    private static final Pattern POINTS_AND_COMMA = Pattern.compile("[+-]?\\d{1,3}(?:\\.\\d{3})+,\\d+");

    private static final Pattern TEXTS = Pattern.compile("\\\\(?:text|textbf|mbox|mathrm)\\s*\\{[^{}]*\\}");
    private static final Pattern COMMANDS = Pattern.compile("\\\\[A-Za-z]+");
    private static final Pattern TWO_WORDS = Pattern.compile("(?<![A-Za-z])(?!(?:and|or|square|cubic)\\b)[A-Za-z]{2,}"
            + "[\\s,']+(?!(?:and|or)\\b)[A-Za-z]{2,}(?![A-Za-z(])");

    private final Budget budget;

    AnswerReader(Budget budget) {
        this.budget = budget;
    }

    /**
     * The expression a text holds; empty when there is none.
     *
     * @param commasGroup whether 1,000 is a thousand
     */
    Optional<Expression> read(String text, boolean commasGroup) {
        List<String> parts = AnswerText.parts(text);
        if (parts.size() == 1) {
            return one(parts.get(0), commasGroup);
        }
        List<Expression> items = new ArrayList<>();
        for (String part : parts) {
            Optional<Expression> item = one(part, commasGroup);
            if (item.isEmpty()) {
                return Optional.empty();
            }
            items.add(item.get());
        }
        return Optional.of(new Expression.Sequence(List.copyOf(items), ' ', ' '));
    }

    private Optional<Expression> one(String text, boolean commasGroup) {
        String trimmed = AnswerText.trimmed(text);
        if (DECIMAL_COMMA.matcher(trimmed).matches() && commasGroup) {
            trimmed = trimmed.replace(',', '.');
        }
        if (POINTS_AND_COMMA.matcher(trimmed).matches()) {
            trimmed = trimmed.replace(".", "").replace(',', '.');
        }
        Optional<Expression> whole = looksLikeProse(trimmed) || AnswerText.surroundsFormula(text)
                ? Optional.empty()
                : parsed(trimmed, commasGroup);
        if (whole.isPresent()) {
            return whole;
        }
        // A broken formula is no sentence: whatever number stands in it was not the answer.
        if (!AnswerText.holdsWord(text)) {
            return Optional.empty();
        }
        return AnswerText.within(text).flatMap(inner -> parsed(AnswerText.trimmed(inner), commasGroup));
    }

    /** Two plain words in a row, outside of commands for text, are a sentence. */
    private static boolean looksLikeProse(String text) {
        if (text.indexOf(' ') < 0) {
            return false;
        }
        String plain = COMMANDS.matcher(TEXTS.matcher(text).replaceAll(" ")).replaceAll(" ");
        return TWO_WORDS.matcher(plain).find();
    }

    private Optional<Expression> parsed(String text, boolean commasGroup) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            if (text.contains(";") && text.contains(",") && text.indexOf('(') < 0 && text.indexOf('[') < 0) {
                return Optional.of(tuples(text, commasGroup));
            }
            return Optional.of(Parser.parse(text, commasGroup, budget));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /** p=5, q=2; p=7, q=2: what semicolons separate belongs together. */
    private Expression tuples(String text, boolean commasGroup) {
        List<Expression> items = new ArrayList<>();
        for (String item : text.split(";")) {
            Expression parsed = Parser.parse(item, commasGroup, budget);
            items.add(
                    parsed instanceof Expression.Sequence sequence && sequence.open() == ' '
                            ? new Expression.Sequence(sequence.items(), '(', ')')
                            : parsed);
        }
        return new Expression.Sequence(List.copyOf(items), ' ', ' ');
    }
}
