/** What a policy is trained for: from the rewards of a group to the derivative of the loss, in plain Java. */
package io.tramontane.policy.objective;
