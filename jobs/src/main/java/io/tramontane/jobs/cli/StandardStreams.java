package io.tramontane.jobs.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The terminal, or whatever stands in for it. */
final class StandardStreams {

    private static final String TERMINAL = "tramontane.terminal";

    private StandardStreams() {}

    /** Writes UTF-8 whatever the locale: problems and completions are in many languages. */
    static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    static PrintStream error() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** Whether a line on {@link #out()} can be rewritten; the launcher knows. */
    static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL);
    }
}
