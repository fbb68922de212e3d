package io.tramontane.jobs.ledger;

/** What a ledger may find wrong. None of it can result from a failure that the run recovered from. */
public enum ViolationKind {
    STEP_OUT_OF_SEQUENCE("a step is missing, repeated or out of its order"),
    INCARNATION_REVERTED("a step was made by an older incarnation than the step before it"),
    WEIGHTS_DIFFER("the weights of a step have no hash, or another one than was announced to the generators"),
    TRAINED_TWICE("a group is in two steps, or twice in one"),
    TRAINED_WITHOUT_RECORD("a step trained a group that is not in the topic groups"),
    TRAINED_UNTRAINABLE("a step trained a group whose recorded fate forbids it"),
    GROUP_RECORDED_TWICE("the topic groups holds a group twice"),
    GROUP_NOT_WHOLE("a group that counts as complete lacks samples, or a sample does not fit it"),
    IN_TWO_GROUPS("a group's record holds a completion of another group"),
    NEVER_DELIVERED("a group's record holds a completion that the topic completions does not"),
    IN_TWO_STATES("an outcome contradicts what the topics that are written exactly once say"),
    IN_NO_STATE("a completion was read, but no group, outcome or dead letter accounts for it"),
    PASSED_OVER("a trainable group was neither trained nor dropped while later ones were trained"),
    FIRST_DELIVERY_DUPLICATE("a completion was dropped as a duplicate though it was delivered once"),
    OUTCOME_MISSING("a group ended without an outcome, so its credit is never freed"),
    OUTCOME_WITHOUT_RECORD("an outcome ended a group that is not in the topic groups"),
    OUTCOME_ILLEGAL("an outcome that no operator writes"),
    DEAD_LETTER_MISSING("an unreadable record was passed over without a dead letter"),
    DEAD_LETTER_REPEATED("two dead letters for one record");

    private final String meaning;

    ViolationKind(String meaning) {
        this.meaning = meaning;
    }

    /** What is wrong, in a few words. */
    public String meaning() {
        return meaning;
    }
}
