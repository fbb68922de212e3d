package io.tramontane.rewards.code.sandbox;

/** Where sessions come from. Thread-safe. */
@FunctionalInterface
public interface SessionFactory {

    /**
     * A new instance of the sandbox. It lives no longer than the calling thread, which uses and closes it.
     *
     * @throws SandboxException if it does not start
     */
    SandboxSession open() throws SandboxException;
}
