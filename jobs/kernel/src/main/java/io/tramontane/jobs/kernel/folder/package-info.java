/** The folder of a run and what lies where in it. */
package io.tramontane.jobs.kernel.folder;
