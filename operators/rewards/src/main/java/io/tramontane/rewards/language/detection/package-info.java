/** Names the language of a text, by a detector whose model comes with Tramontane. */
package io.tramontane.rewards.language.detection;
