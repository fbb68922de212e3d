package io.tramontane.jobs.evaluation.curation;

import java.util.Locale;

/** Why a problem is dropped. Where several hold, the first one here is given. */
public enum RemovalReason {
    /** There are too few completions to judge it by. */
    TOO_FEW_SAMPLES("fewer completions than curation.minimum-samples"),

    /**
     * The completions agree on an answer that is not the reference. Goes before {@link #TOO_HARD}: with a wrong
     * reference a problem is never solved either, and it is the reference that should be looked at.
     */
    MAJORITY_AGAINST_REFERENCE("the majority's answer is not the reference"),

    /** Never solved, or so seldom that there is little to learn from. */
    TOO_HARD("never solved, or no more than curation.too-hard-up-to"),

    /** Always solved, or so often that there is nothing left to learn. */
    TOO_EASY("always solved, or no less than curation.too-easy-from");

    private final String meaning;

    RemovalReason(String meaning) {
        this.meaning = meaning;
    }

    /** As it is written in files and tables: {@code too-hard}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a few words, for a person. */
    public String meaning() {
        return meaning;
    }
}
