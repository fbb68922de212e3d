package io.tramontane.rewards.answer;

/** How an answer is found. */
public enum AnswerExtraction {
    /** The content of the last complete {@code \boxed{}}. */
    BOXED,
    /** The last match of a regular expression: its first group, or all of it if it has none. */
    PATTERN
}
