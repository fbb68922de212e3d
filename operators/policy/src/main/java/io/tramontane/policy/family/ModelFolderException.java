package io.tramontane.policy.family;

import io.tramontane.schemas.failure.UserFailure;
import java.io.IOException;
import java.util.List;

/** A model that is not computed as its files define it. Each line names the file, what in it, and what to do. */
public final class ModelFolderException extends IOException implements UserFailure {

    private static final long serialVersionUID = 1;

    /** @param lines at least one */
    public ModelFolderException(List<String> lines) {
        super(String.join("\n", lines));
    }

    /** One a problem. */
    public List<String> lines() {
        return getMessage().lines().toList();
    }
}
