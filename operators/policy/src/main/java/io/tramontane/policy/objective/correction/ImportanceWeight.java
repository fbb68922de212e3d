package io.tramontane.policy.objective.correction;

/** What a truncated importance weight belongs to. */
public enum ImportanceWeight {
    /** There is none. */
    OFF,
    /** Every token has its own, min(π_θ/μ, C). */
    TOKEN,
    /** All tokens of a sequence have that of the sequence, min(Π_t π_θ/μ, C). */
    SEQUENCE
}
