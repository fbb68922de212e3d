/** Whether the parts of a completion agree in the language they are written in. */
package io.tramontane.rewards.language;
