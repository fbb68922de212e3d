/** The whole objective of a micro-batch: corrections, a loss, the divergence from a reference policy, and figures. */
package io.tramontane.policy.objective.composition;
