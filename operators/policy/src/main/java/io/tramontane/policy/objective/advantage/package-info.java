/** The advantage estimators that come with Tramontane, each beside its formula and its source. */
package io.tramontane.policy.objective.advantage;
