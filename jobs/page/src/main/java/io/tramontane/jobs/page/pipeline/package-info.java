/** What goes on in a pipeline right now, from topics and from Flink. */
package io.tramontane.jobs.page.pipeline;
