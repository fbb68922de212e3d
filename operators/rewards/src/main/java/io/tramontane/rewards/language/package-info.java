/** In which language a text is written, found by a detector, and whether the parts of a completion agree. */
package io.tramontane.rewards.language;
