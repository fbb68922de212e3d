/** What it costs a run to be watched. */
package io.tramontane.jobs.lab.watching;
