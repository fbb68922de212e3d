/** How well and how fast languages are told. */
package io.tramontane.jobs.lab.language;
