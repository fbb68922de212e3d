package io.tramontane.rewards.language;

/** What becomes of a completion whose answer part has too few letters to tell a language, as {@code \\boxed{5}} has. */
public enum UndeterminedAnswer {
    /** The thoughts alone decide. */
    IGNORE,
    /** It earns nothing: answers are to be sentences. */
    WRONG,
    /** Nobody can tell: it earns nothing, and the record says so. */
    UNGRADABLE
}
