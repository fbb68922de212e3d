package io.tramontane.jobs.evaluation;

/**
 * One graded completion of a problem.
 *
 * @param text as the policy wrote it
 * @param answer found in it; empty when there is none or the format gate failed, so that it has no vote
 * @param correct whether the answer equals the reference
 * @param wellFormed whether it passed the format gate
 * @param languageConsistent whether problem, thoughts and answer are in one language
 * @param truncated whether the token budget ended it
 * @param tokens its length
 * @param reward of all components
 */
public record GradedSample(
        String text,
        String answer,
        boolean correct,
        boolean wellFormed,
        boolean languageConsistent,
        boolean truncated,
        int tokens,
        double reward) {}
