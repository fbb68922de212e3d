/** Trains a policy: losses and gradients of micro-batches, the optimizer, and the state it goes on from. */
package io.tramontane.policy.training;
