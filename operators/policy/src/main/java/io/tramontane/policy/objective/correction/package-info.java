/** Weights and masks against samples that another policy or engine drew, multiplied onto the weights of tokens. */
package io.tramontane.policy.objective.correction;
