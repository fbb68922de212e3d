/** What a run says while it goes on. */
package io.tramontane.jobs.run.console;
