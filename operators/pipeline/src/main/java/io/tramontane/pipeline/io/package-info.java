/** The topics of a run as Flink sources and sinks, and the checks on what is read from them. */
package io.tramontane.pipeline.io;
