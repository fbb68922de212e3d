/** How far the parts of a run have come in its topics. */
package io.tramontane.kafka.backlog;
