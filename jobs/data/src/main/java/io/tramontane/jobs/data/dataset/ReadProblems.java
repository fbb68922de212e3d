package io.tramontane.jobs.data.dataset;

import java.util.List;
import org.slf4j.Logger;

/**
 * Problems as they were read.
 *
 * @param remarks what was left out and why, a line each; for the log
 */
public record ReadProblems(ProblemSet problems, List<String> remarks) {

    public ReadProblems {
        remarks = List.copyOf(remarks);
    }

    /** Problems that were made, of which nothing was left out. */
    public static ReadProblems made(ProblemSet problems) {
        return new ReadProblems(problems, List.of());
    }

    /** Writes the remarks to the reader's log. */
    public void log(Logger log) {
        remarks.forEach(log::warn);
    }
}
