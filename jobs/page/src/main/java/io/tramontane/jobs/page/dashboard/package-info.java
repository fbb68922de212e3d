/** The page that shows a run while it goes on: its server, and what it is told. */
package io.tramontane.jobs.page.dashboard;
