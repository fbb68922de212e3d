/** Equality of mathematical answers: a parser, evaluators, and the rules by which answers are compared. */
package io.tramontane.rewards.math;
