/** From LaTeX and plain notation to expressions. */
package io.tramontane.rewards.math.syntax;
