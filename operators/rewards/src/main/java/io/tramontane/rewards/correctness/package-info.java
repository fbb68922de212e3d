/** Whether an answer equals the reference. */
package io.tramontane.rewards.correctness;
