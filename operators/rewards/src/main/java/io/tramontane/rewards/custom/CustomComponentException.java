package io.tramontane.rewards.custom;

import io.tramontane.schemas.failure.UserFailure;

/** The settings of a custom component cannot be used. */
public final class CustomComponentException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    private final String key;

    CustomComponentException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The setting to change, within those of the component: {@code component}, {@code options.limit}. */
    public String key() {
        return key;
    }
}
