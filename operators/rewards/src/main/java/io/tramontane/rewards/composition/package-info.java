/** The reward as a whole: its settings, the components they switch on, their weights and the sum. */
package io.tramontane.rewards.composition;
