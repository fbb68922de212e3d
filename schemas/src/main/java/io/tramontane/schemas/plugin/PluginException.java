package io.tramontane.schemas.plugin;

import io.tramontane.schemas.failure.UserFailure;

/** A plug-in that was asked for is not there, or cannot be loaded; the message says which and what there is. */
public final class PluginException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with which plug-in and what to do about it, one line */
    public PluginException(String message) {
        super(message);
    }

    /** As {@link #PluginException(String)}, with what led to it. */
    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
