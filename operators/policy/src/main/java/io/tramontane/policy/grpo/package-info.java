/** The parts of the GRPO loss that can be chosen, and how sequences are packed for it. */
package io.tramontane.policy.grpo;
