/** Generators of pairs of answers that are known to be equal, or known not to be, whatever a verifier says. */
package io.tramontane.rewards.math.pairs;
