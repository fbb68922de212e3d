/** What a run leaves behind for people: the summary and a page with its curves. */
package io.tramontane.jobs.page.report;
