package io.tramontane.rewards.language.fasttext;

import io.tramontane.schemas.failure.UserFailure;

/** A file that is no fastText model which this reader can use. The message is one line that names the file. */
public final class FastTextFormatException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    FastTextFormatException(String message) {
        super(message);
    }

    FastTextFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
