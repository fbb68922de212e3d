/**
 * What a {@code config.json} of Hugging Face's layout means, one class for each family of models: every key is used,
 * known to change nothing, or refuses the model.
 */
package io.tramontane.policy.family;
