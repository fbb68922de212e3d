/** The gate: a completion that does not have the form asked for is graded no further. */
package io.tramontane.rewards.gate;
