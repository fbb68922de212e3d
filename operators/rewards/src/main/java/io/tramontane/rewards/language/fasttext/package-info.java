/** Reads and applies supervised fastText models, plain (.bin) and quantized (.ftz). */
package io.tramontane.rewards.language.fasttext;
