package io.tramontane.rewards.format;

/** Whether completions open with a part of thoughts. */
public enum ThinkPart {
    /** {@code <think>thoughts</think>answer}: exactly one pair, at the very beginning. */
    REQUIRED,
    /** There is none: the whole completion is the answer part. */
    ABSENT
}
