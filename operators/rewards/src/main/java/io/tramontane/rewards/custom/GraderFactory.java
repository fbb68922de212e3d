package io.tramontane.rewards.custom;

import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import java.util.Map;
import java.util.Set;

/**
 * The older form of a {@link GraderPlugin}, for jars that are built already: its options are texts. New components
 * implement {@link GraderPlugin}, whose settings have types, bounds and defaults.
 *
 * <p>Makes a component of the reward that does not come with Tramontane. Implementations have a public constructor
 * without parameters and are named in {@code META-INF/services/io.tramontane.rewards.custom.GraderFactory} of their
 * jar, which lies on the class path; {@code reward.custom} then puts them into the reward by name:
 *
 * <pre>{@code
 * reward:
 *   custom:
 *     - name: brevity            # of the component in records and metrics
 *       component: word-limit    # GraderFactory.component()
 *       weight: 0.2
 *       options: {maximum: 50}
 * }</pre>
 */
public interface GraderFactory {

    /** What {@code reward.custom[].component} calls it: lower case, words joined by hyphens. */
    String component();

    /** The names of the options it takes; others are refused when the configuration is read. */
    Set<String> options();

    /**
     * Makes a grader. It is also called, and the grader closed again, to check a configuration before anything runs:
     * what is expensive waits for the first completion.
     *
     * @param options as they stand in the configuration, names only of {@link #options()}
     * @throws IllegalArgumentException if an option is missing or its value cannot be used; the message names it and
     *     says what to do
     */
    Grader create(Map<String, String> options);
}
