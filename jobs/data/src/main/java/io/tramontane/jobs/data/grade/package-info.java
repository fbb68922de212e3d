/** Grading of answers from a file, without a job: one verdict a line, in the order of the lines. */
package io.tramontane.jobs.data.grade;
