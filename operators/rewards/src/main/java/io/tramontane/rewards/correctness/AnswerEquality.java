package io.tramontane.rewards.correctness;

import io.tramontane.rewards.Grade;

/** Decides whether an answer means the same as the reference. Thread-safe, and a function of its arguments alone. */
public interface AnswerEquality {

    /**
     * @param reference the verifiable answer, as the dataset has it
     * @param answer what the policy answered; any text
     * @return CORRECT if they are equal, WRONG if they are not, UNGRADABLE if this kernel cannot tell
     */
    Grade compare(String reference, String answer);
}
