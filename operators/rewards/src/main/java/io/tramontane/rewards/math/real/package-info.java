/** Real numbers: exact as long as possible, then enclosed in balls, within a budget of steps. */
package io.tramontane.rewards.math.real;
