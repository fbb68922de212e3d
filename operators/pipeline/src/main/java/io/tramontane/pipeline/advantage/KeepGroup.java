package io.tramontane.pipeline.advantage;

/**
 * Which complete groups teach anything. Magistral's prose drops a group when all its answers are right or all are
 * wrong, its formula when all rewards are equal; they part where an all-correct group differs by length or language.
 */
public enum KeepGroup {
    /** A group is kept when any two rewards differ. */
    REWARD_DIFFERS,
    /** A group is kept when rewards differ and it holds both correct and other completions. */
    CORRECTNESS_DIFFERS
}
