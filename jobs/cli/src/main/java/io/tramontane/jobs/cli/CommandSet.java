package io.tramontane.jobs.cli;

import java.util.List;

/**
 * Commands that a part of Tramontane brings along, found on the class path as a service. What a cluster gets has none:
 * there the command line is {@link TrainCommand} alone.
 */
public interface CommandSet {

    /** Classes of picocli's commands, in the order in which they are listed. */
    List<Class<?>> commands();
}
