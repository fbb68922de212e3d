/** Carries versions of the weights from the trainer to whoever generates, in chunks behind a manifest. */
package io.tramontane.kafka.weights;
