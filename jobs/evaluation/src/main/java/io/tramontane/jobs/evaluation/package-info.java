/** How good a policy is on held-out problems. */
package io.tramontane.jobs.evaluation;
