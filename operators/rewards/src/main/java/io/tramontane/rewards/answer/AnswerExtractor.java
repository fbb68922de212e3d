package io.tramontane.rewards.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the answer in the answer part of a completion. Thread-safe. */
public final class AnswerExtractor {

    private final Optional<Pattern> pattern;

    /** @throws IllegalArgumentException if the settings ask for a pattern and give none that is valid */
    public AnswerExtractor(AnswerSettings settings) {
        if (!settings.isPatternValid()) {
            throw new IllegalArgumentException("not a regular expression: " + settings.pattern());
        }
        this.pattern = settings.extraction() == AnswerExtraction.PATTERN
                ? Optional.of(Pattern.compile(settings.pattern()))
                : Optional.empty();
    }

    /** The answer, trimmed; empty when the part has none. */
    public Optional<String> extract(String answerPart) {
        Optional<String> found =
                pattern.isPresent() ? lastMatch(pattern.get(), answerPart) : BoxedAnswer.last(answerPart);
        return found.map(String::strip);
    }

    private static Optional<String> lastMatch(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        String last = null;
        while (matcher.find()) {
            last = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
        }
        return Optional.ofNullable(last);
    }
}
