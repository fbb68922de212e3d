/**
 * Parquet files as JSON objects. The encodings and the assembly of nested records are those of the Parquet project's
 * own {@code parquet-column}; reading the file around them is done here, since the project's own reader
 * ({@code parquet-hadoop}) does not work without 50 MB of Hadoop, whose mere presence changes how Flink starts.
 */
package io.tramontane.jobs.data.parquet;
