package io.tramontane.schemas.plugin;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The plug-ins of one kind on the class path, by name.
 *
 * <p>Immutable.
 *
 * @param <P> the kind
 */
public final class Plugins<P extends Plugin<?>> {

    private final String kind;
    private final Map<String, P> byName;

    private Plugins(String kind, Map<String, P> byName) {
        this.kind = kind;
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Looks for them with the class loader of the thread, which in a Flink job knows the user's jar.
     *
     * <pre>{@code Plugins<PolicyLossPlugin<?>> losses = Plugins.onClassPath(PolicyLossPlugin.class, "loss");}</pre>
     *
     * @param kind what a person calls one of them, for messages: {@code loss}
     * @throws PluginException if one cannot be made or two have the same name
     */
    public static <P extends Plugin<?>> Plugins<P> onClassPath(Class<? super P> type, String kind) {
        Map<String, P> byName = new LinkedHashMap<>();
        try {
            for (Object provider : ServiceLoader.load(type)) {
                @SuppressWarnings("unchecked") // the kind, whatever its settings are
                P plugin = (P) provider;
                P before = byName.put(plugin.name(), plugin);
                if (before != null) {
                    throw new PluginException("the " + kind + " '" + plugin.name() + "' is on the class path twice: "
                            + before.getClass().getName() + " and "
                            + plugin.getClass().getName());
                }
            }
        } catch (ServiceConfigurationError e) {
            throw new PluginException("a " + kind + " on the class path cannot be loaded: " + e.getMessage(), e);
        }
        return new Plugins<>(kind, byName);
    }

    /** All of them, in the order in which they were found: those of one jar in the order of its file. */
    public Collection<P> all() {
        return byName.values();
    }

    /** The one of this name, if there is one. */
    public Optional<P> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Their names, in the same order. */
    public Collection<String> names() {
        return byName.keySet();
    }

    /**
     * The one of this name.
     *
     * @throws PluginException if there is none
     */
    public P get(String name) {
        return find(name)
                .orElseThrow(() -> new PluginException(
                        "there is no " + kind + " '" + name + "'; there are " + String.join(", ", names())));
    }
}
