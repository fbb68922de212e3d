package io.tramontane.rewards.format;

import io.tramontane.rewards.answer.AnswerExtractor;
import java.util.Optional;

/**
 * Takes a completion apart into thoughts, answer part and answer. Thread-safe.
 *
 * <p>It is strict where the gate is: a completion whose think tags are not exactly one pair at the beginning is marked
 * malformed. Its answer is still looked for behind the last closing tag, for runs that grade without a gate.
 */
public final class CompletionParser {

    static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    private final ThinkPart thinkPart;
    private final AnswerExtractor extractor;

    public CompletionParser(ThinkPart thinkPart, AnswerExtractor extractor) {
        this.thinkPart = thinkPart;
        this.extractor = extractor;
    }

    /** Takes one completion apart; any text is accepted. */
    public ParsedCompletion parse(String text) {
        if (thinkPart == ThinkPart.ABSENT) {
            return new ParsedCompletion(Optional.empty(), text, extractor.extract(text), Optional.empty());
        }
        Optional<String> malformed = fault(text);
        int close = text.lastIndexOf(CLOSE);
        String answerPart = close < 0 ? text : text.substring(close + CLOSE.length());
        Optional<String> thoughts =
                malformed.isPresent() ? Optional.empty() : Optional.of(text.substring(OPEN.length(), close));
        return new ParsedCompletion(thoughts, answerPart, extractor.extract(answerPart), malformed);
    }

    private static Optional<String> fault(String text) {
        if (!text.startsWith(OPEN)) {
            return Optional.of("does not start with " + OPEN);
        }
        int close = text.indexOf(CLOSE);
        if (close < 0) {
            return Optional.of("the thoughts never end: no " + CLOSE);
        }
        if (text.indexOf(OPEN, OPEN.length()) >= 0) {
            return Optional.of("more than one " + OPEN);
        }
        if (text.indexOf(CLOSE, close + CLOSE.length()) >= 0) {
            return Optional.of("more than one " + CLOSE);
        }
        return Optional.empty();
    }
}
