/** How well and how fast languages are recognised. */
package io.tramontane.jobs.lab.language;
