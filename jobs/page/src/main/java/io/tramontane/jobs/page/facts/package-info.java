/** What the run page is told about the run it shows. */
package io.tramontane.jobs.page.facts;
