package io.tramontane.jobs.kernel.config;

import io.tramontane.schemas.plugin.Plugin;
import io.tramontane.schemas.plugin.PluginSections;
import io.tramontane.schemas.plugin.Plugins;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to tell somebody who named a plug-in that is not there, or a setting of another one. */
final class PluginHints {

    private PluginHints() {}

    static String unknownName(String name, String kind, Plugins<?> plugins) {
        String lost = "there is no " + kind + " '" + name + "' on the class path";
        if (plugins.names().isEmpty()) {
            return lost + ", nor any other";
        }
        return lost
                + KeySuggestion.forUnknown(name, plugins.names(), plugins.names())
                        .map(meant -> "; did you mean " + meant + "? There are ")
                        .orElse("; there are ")
                + String.join(", ", plugins.names());
    }

    /** About an unknown section where those of plug-ins stand; empty if none do among these components. */
    static String absent(String name, RecordComponent... components) {
        return Arrays.stream(components)
                .filter(component -> component.isAnnotationPresent(PluginSections.class))
                .map(component -> PluginCatalogue.placeIn(PluginCatalogue.sectionType(component)))
                .map(place -> "; no " + place.kind() + " '" + name + "' is on the class path")
                .collect(Collectors.joining());
    }

    /** About a key that the chosen plug-in does not take and others do; empty if none does. */
    static Optional<String> ofAnother(String key, Plugin<?> chosen, SettingsOfPlugin place, Plugins<?> plugins) {
        String takers = plugins.all().stream()
                .filter(plugin -> PluginCatalogue.keys(plugin).contains(key))
                .map(Plugin::name)
                .collect(Collectors.joining(", "));
        return takers.isEmpty()
                ? Optional.empty()
                : Optional.of("the " + place.kind() + " '" + chosen.name() + "' has no such setting; it belongs to "
                        + takers + ": remove it, or choose another "
                        + ConfigSchema.keyOf(place.chosenBy()));
    }
}
