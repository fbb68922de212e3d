/** The parts of a completion: thoughts, answer part and answer, and what an answer part must hold. */
package io.tramontane.rewards.format;
