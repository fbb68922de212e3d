/** Whether two answers mean the same. */
package io.tramontane.rewards.math.comparison;
