/** Checks for losses and advantage estimators of your own, which any test framework can call. */
package io.tramontane.policy.objective.testkit;
