package io.tramontane.rewards.custom;

import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import io.tramontane.rewards.RewardProblem;
import io.tramontane.schemas.plugin.PluginException;
import io.tramontane.schemas.plugin.Plugins;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/** The components of the reward on the class path that {@code reward.custom} can name: plug-ins and older factories. */
public final class CustomComponents {

    private final Plugins<GraderPlugin<?>> plugins = Plugins.onClassPath(GraderPlugin.class, "component");
    private final Map<String, GraderFactory> factories = new TreeMap<>();

    private CustomComponents() {}

    /**
     * Looks for them with the class loader of the thread, which in a Flink job knows the user's jar.
     *
     * @throws IllegalArgumentException if a provider cannot be made or two give the same component
     * @throws PluginException likewise
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
        Object before = factories.put(factory.component(), factory);
        Object same = before == null ? plugins.find(factory.component()).orElse(null) : before;
        if (same != null) {
            throw new IllegalArgumentException(
                    "the component '" + factory.component() + "' is on the class path twice: "
                            + same.getClass().getName() + " and "
                            + factory.getClass().getName());
        }
    }

    /**
     * Makes the grader of these settings.
     *
     * @throws CustomComponentException if there is no such component or it does not take these options
     */
    public Grader create(CustomSettings settings) {
        try {
            Optional<GraderPlugin<?>> plugin = plugins.find(settings.component());
            Grader grader = plugin.isPresent()
                    ? create(plugin.get(), settings.options())
                    : factory(settings).create(texts(settings));
            if (grader == null) {
                throw new CustomComponentException("component", "its factory made no grader");
            }
            return grader;
        } catch (IllegalArgumentException e) {
            throw new CustomComponentException("options", e.getMessage());
        }
    }

    /** What cannot work in these settings, by key within them; nothing is left running. */
    public List<RewardProblem> check(CustomSettings settings) {
        Optional<GraderPlugin<?>> plugin = plugins.find(settings.component());
        if (plugin.isPresent()) {
            return check(plugin.get(), settings.options()).stream()
                    .map(problem -> problem.within("options"))
                    .toList();
        }
        try {
            create(settings).close();
            return List.of();
        } catch (CustomComponentException e) {
            return List.of(new RewardProblem(e.key(), e.getMessage()));
        }
    }

    @SuppressWarnings("unchecked") // options are bound to the type of the plug-in's defaults
    private static <S extends Record & Serializable> Grader create(GraderPlugin<S> plugin, Serializable options) {
        return plugin.create((S) options);
    }

    @SuppressWarnings("unchecked")
    private static <S extends Record & Serializable> List<RewardProblem> check(
            GraderPlugin<S> plugin, Serializable options) {
        return plugin.check((S) options);
    }

    private GraderFactory factory(CustomSettings settings) {
        return Optional.ofNullable(factories.get(settings.component()))
                .orElseThrow(() -> new CustomComponentException(
                        "component",
                        "there is no component '" + settings.component() + "' on the class path; there are "
                                + known()));
    }

    private Map<String, String> texts(CustomSettings settings) {
        Map<String, String> options = new TreeMap<>();
        GraderFactory factory = factory(settings);
        ((Map<?, ?>) settings.options()).forEach((option, value) -> {
            if (!factory.options().contains(option)) {
                throw new CustomComponentException(
                        "options." + option,
                        "unknown option of " + settings.component() + "; it takes " + sorted(factory.options()));
            }
            options.put(option.toString(), value.toString());
        });
        return options;
    }

    private String known() {
        TreeSet<String> names = new TreeSet<>(factories.keySet());
        names.addAll(plugins.names());
        return String.join(", ", names);
    }

    private static String sorted(Iterable<String> options) {
        List<String> names = new ArrayList<>();
        options.forEach(names::add);
        names.sort(null);
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
