/** The server of the run page, on the JDK's own. */
package io.tramontane.jobs.page.web;
