/** Recorded completions through the same topics and operators that live ones take. */
package io.tramontane.jobs.replay.score;
