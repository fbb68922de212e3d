/** The figures of steps over time. */
package io.tramontane.jobs.page.curves;
