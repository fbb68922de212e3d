/** The penalty on long completions. */
package io.tramontane.rewards.length;
