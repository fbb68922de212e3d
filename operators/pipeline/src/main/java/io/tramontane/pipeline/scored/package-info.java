/** From completions to groups with advantages: the part that training, scoring and replay have in common. */
package io.tramontane.pipeline.scored;
