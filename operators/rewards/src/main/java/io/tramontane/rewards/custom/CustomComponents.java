package io.tramontane.rewards.custom;

import io.tramontane.rewards.Grader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The components of the reward that others have put on the class path. */
public final class CustomComponents {

    private final Map<String, GraderFactory> factories = new TreeMap<>();

    private CustomComponents() {}

    /**
     * Looks for them with the class loader of the thread, which in a Flink job knows the user's jar.
     *
     * @throws IllegalArgumentException if a provider cannot be made or two give the same component
     */
    public static CustomComponents onClassPath() {
        CustomComponents components = new CustomComponents();
        try {
            ServiceLoader.load(GraderFactory.class).forEach(components::add);
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException("a component on the class path cannot be loaded: " + e.getMessage(), e);
        }
        return components;
    }

    private void add(GraderFactory factory) {
        GraderFactory before = factories.put(factory.component(), factory);
        if (before != null) {
            throw new IllegalArgumentException(
                    "the component '" + factory.component() + "' is on the class path twice: "
                            + before.getClass().getName() + " and "
                            + factory.getClass().getName());
        }
    }

    /**
     * Makes the grader of these settings.
     *
     * @throws CustomComponentException if there is no such component or it does not take these options
     */
    public Grader create(CustomSettings settings) {
        GraderFactory factory = Optional.ofNullable(factories.get(settings.component()))
                .orElseThrow(() -> new CustomComponentException(
                        "component",
                        "there is no component '" + settings.component() + "' on the class path" + known()));
        for (String option : settings.options().keySet()) {
            if (!factory.options().contains(option)) {
                throw new CustomComponentException(
                        "options." + option,
                        "unknown option of " + settings.component() + "; it takes " + sorted(factory.options()));
            }
        }
        try {
            Grader grader = factory.create(settings.options());
            if (grader == null) {
                throw new CustomComponentException("component", "its factory made no grader");
            }
            return grader;
        } catch (IllegalArgumentException e) {
            throw new CustomComponentException("options", e.getMessage());
        }
    }

    private String known() {
        return factories.isEmpty() ? ", nor any other" : "; there are " + String.join(", ", factories.keySet());
    }

    private static String sorted(Iterable<String> options) {
        List<String> names = new ArrayList<>();
        options.forEach(names::add);
        names.sort(null);
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
