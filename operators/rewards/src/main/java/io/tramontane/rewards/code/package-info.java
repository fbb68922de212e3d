/**
 * The code verifier: takes a program out of an answer, compiles it once and runs it against the tests of its problem.
 *
 * <p>{@link io.tramontane.rewards.code.CodeGrader} is the entry point. Whatever a program does happens inside
 * {@link io.tramontane.rewards.code.sandbox}; what it should have written never goes there.
 */
package io.tramontane.rewards.code;
