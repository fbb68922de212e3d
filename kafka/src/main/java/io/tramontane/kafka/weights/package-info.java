/** Carries versions of the weights from the trainer to the generators, in chunks behind a manifest. */
package io.tramontane.kafka.weights;
