package io.tramontane.jobs.run.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tramontane.jobs.kernel.config.ConfigException;
import java.util.List;

/** Configurations of single settings, as with {@code --set}. */
final class Assignments {

    private Assignments() {}

    static TramontaneConfig load(String... assignments) {
        var loader = TramontaneConfig.loader();
        for (String assignment : assignments) {
            loader.set(assignment);
        }
        return loader.load();
    }

    /** The lines with which these settings are refused. */
    static List<String> problems(String... assignments) {
        return catchThrowableOfType(ConfigException.class, () -> load(assignments))
                .problems();
    }
}
