/** Several runs that differ in a setting, side by side: ablations. */
package io.tramontane.jobs.page.comparison;
