/** The page that shows a run while it goes on: its server, and the data that it is sent. */
package io.tramontane.jobs.page.dashboard;
