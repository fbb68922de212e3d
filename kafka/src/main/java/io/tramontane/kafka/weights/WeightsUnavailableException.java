package io.tramontane.kafka.weights;

/** A version of the weights cannot be had from the topic any more; the message says why. */
final class WeightsUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    WeightsUnavailableException(String message) {
        super(message);
    }
}
