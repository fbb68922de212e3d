/** What hanging and crashing verifiers cost a job. */
package io.tramontane.jobs.lab.scoring;
