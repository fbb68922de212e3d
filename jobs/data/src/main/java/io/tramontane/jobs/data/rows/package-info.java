/** Files as a sequence of JSON objects, whatever kind of file it is: JSON Lines, a JSON array, or Parquet. */
package io.tramontane.jobs.data.rows;
