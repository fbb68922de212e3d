package io.tramontane.jobs.cli;

import io.tramontane.jobs.local.RunConsole;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The terminal, or whatever stands in for it. */
final class StandardStreams {

    private static final String COLUMNS = "tramontane.columns";

    private StandardStreams() {}

    /** Writes UTF-8 whatever the locale: problems and completions are in many languages. */
    static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    static PrintStream error() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** A console on {@link #out()}, which is a terminal if the launcher says so. */
    static RunConsole console() {
        return new RunConsole(out(), Integer.getInteger(COLUMNS, 0));
    }
}
