/** Components of the reward under names of the user's own, and the older form of those that users bring. */
package io.tramontane.rewards.custom;
