/** Cold start: a policy is taught what a recorded run got right, so that reinforcement learning goes on from there. */
package io.tramontane.jobs.evaluation.coldstart;
