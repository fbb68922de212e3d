/** Lets each completion pass once and sends stale ones aside. */
package io.tramontane.pipeline.admission;
