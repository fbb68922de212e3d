package io.tramontane.jobs.kernel.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a plug-in on the class path.
 *
 * @param section where they stand, dotted
 * @param chosenBy the key beside them that names the plug-in; empty if the section is called like it
 * @param plugin its name
 * @param keys in the order of its settings; first what every plug-in of this place has, if the section is its own
 * @param defaults its defaults by dotted key, as they stand in YAML; none for a key that must be given
 */
public record PluginKeys(
        String section, Optional<String> chosenBy, String plugin, List<ConfigKey> keys, Map<String, String> defaults) {

    public PluginKeys {
        keys = List.copyOf(keys);
        defaults = Map.copyOf(defaults);
    }

    /** What a table of them is called: {@code training.loss, type gspo}. */
    public String title() {
        return section + chosenBy.map(key -> ", " + key + " " + plugin).orElse("");
    }
}
