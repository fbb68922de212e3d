/** How long weights take through Kafka. */
package io.tramontane.jobs.lab.weights;
