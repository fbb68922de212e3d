/** The frame of the command line and {@code train}: what a cluster is started with. */
package io.tramontane.jobs.cli;
