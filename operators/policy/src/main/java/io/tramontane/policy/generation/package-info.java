/** Samples completions of many prompts side by side, while the weights change underneath. */
package io.tramontane.policy.generation;
