package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.StandardStreams;
import io.tramontane.jobs.run.console.RunConsole;

/** The console of a run on this process's standard output. */
final class TerminalConsole {

    private static final String COLUMNS = "tramontane.columns";

    private TerminalConsole() {}

    /** A terminal if the launcher says so. */
    static RunConsole open() {
        return new RunConsole(StandardStreams.out(), Integer.getInteger(COLUMNS, 0));
    }
}
