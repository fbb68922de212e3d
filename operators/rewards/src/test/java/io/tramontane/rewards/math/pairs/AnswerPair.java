package io.tramontane.rewards.math.pairs;

/**
 * A reference and an answer whose equality is known by construction.
 *
 * @param kind of answer, for the report
 */
public record AnswerPair(String kind, String reference, String answer) {}
