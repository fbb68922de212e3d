/** A long run with faults in one process, and whether its use of resources stays level. */
package io.tramontane.jobs.lab.soak;
