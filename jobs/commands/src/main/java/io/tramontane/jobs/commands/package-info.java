/** The command line: options become a configuration, failures become one line and an exit code. */
package io.tramontane.jobs.commands;
