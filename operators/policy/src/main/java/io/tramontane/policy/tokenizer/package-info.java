/** From text to tokens and back, and the training of a tokenizer. */
package io.tramontane.policy.tokenizer;
