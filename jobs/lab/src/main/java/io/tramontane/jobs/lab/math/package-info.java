/** How fast answers are compared: real ones, and those made to be slow. */
package io.tramontane.jobs.lab.math;
