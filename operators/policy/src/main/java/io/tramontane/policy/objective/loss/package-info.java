/** The losses that come with Tramontane, each beside its settings, its formula and its source. */
package io.tramontane.policy.objective.loss;
