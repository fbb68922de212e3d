/** Components of the reward that do not come with Tramontane, found on the class path. */
package io.tramontane.rewards.custom;
