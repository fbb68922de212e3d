package io.tramontane.jobs.kernel.config;

import io.tramontane.schemas.failure.UserFailure;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message has one line for each thing that is wrong with it. */
public final class ConfigException extends RuntimeException implements UserFailure {

    private static final long serialVersionUID = 1L;

    /** The user's file first: most of what can be wrong stands there. */
    private static final Comparator<ConfigProblem> IN_READING_ORDER = Comparator.comparing(
                    (ConfigProblem problem) -> problem.origin().line() == 0)
            .thenComparing(problem -> problem.origin().source())
            .thenComparing(problem -> problem.origin().line());

    ConfigException(List<ConfigProblem> problems) {
        super(problems.stream()
                .sorted(IN_READING_ORDER)
                .map(ConfigProblem::toString)
                .distinct()
                .collect(Collectors.joining("\n")));
    }

    /** The lines of the message, one a problem. */
    public List<String> problems() {
        return getMessage().lines().toList();
    }
}
