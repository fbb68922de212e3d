/** Runs that go on from a step of another run. */
package io.tramontane.jobs.replay.fork;
