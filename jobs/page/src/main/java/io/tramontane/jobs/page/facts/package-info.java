/** What the run page is given about the run it shows. */
package io.tramontane.jobs.page.facts;
