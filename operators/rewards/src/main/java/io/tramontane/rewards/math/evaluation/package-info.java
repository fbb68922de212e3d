/** Values of expressions: exact, in fields of prime order, and enclosed in intervals of growing precision. */
package io.tramontane.rewards.math.evaluation;
