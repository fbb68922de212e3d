/** How fast answers are compared: real ones, and those made to be slow. */
package io.tramontane.rewards.math.benchmark;
