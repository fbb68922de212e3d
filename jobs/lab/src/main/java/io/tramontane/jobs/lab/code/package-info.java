/** What isolating programs costs. */
package io.tramontane.jobs.lab.code;
