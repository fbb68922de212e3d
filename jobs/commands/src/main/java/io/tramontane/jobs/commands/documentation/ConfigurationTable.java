package io.tramontane.jobs.commands.documentation;

import io.tramontane.jobs.kernel.config.ConfigKey;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigSchema;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.config.PluginKeys;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference of all configuration keys: a table for each top-level section and each plug-in. */
public final class ConfigurationTable {

    private static final String INTRODUCTION = """
            # Configuration

            Generated from the settings records by `./tramontane docs`; do not edit. Every command takes
            `--config FILE.yaml`, which holds only what differs from the defaults below, and `--set key=value` for single
            keys. Keys are written with dots here and nested in YAML; `[]` stands for each element of a list. Durations are a number and a unit: `500ms`, `30s`,
            `5min`, `2h`, `1d`. Unknown keys and values that do not fit are errors, reported all at once.
            """;

    private static final String HEAD = "| key | value | default | meaning |\n|---|---|---|---|\n";

    private ConfigurationTable() {}

    /** The whole reference as Markdown. */
    public static String markdown() {
        Map<String, String> defaults =
                ConfigWriter.flat(TramontaneConfig.loader().load());
        Map<String, List<ConfigKey>> sections = ConfigSchema.keys(TramontaneConfig.class).stream()
                .collect(Collectors.groupingBy(key -> key.sections().get(0), LinkedHashMap::new, Collectors.toList()));
        List<PluginKeys> found = ConfigSchema.pluginKeys(TramontaneConfig.class);
        Map<String, List<PluginKeys>> plugins = found.stream()
                .collect(Collectors.groupingBy(keys -> keys.section().split("\\.")[0]));
        Map<String, String> choices = choices(found);
        StringBuilder markdown = new StringBuilder(INTRODUCTION);
        sections.forEach((section, keys) -> {
            markdown.append("\n## ").append(section).append("\n\n").append(HEAD);
            for (ConfigKey key : keys) {
                String values = choices.getOrDefault(key.path(), key.values());
                markdown.append(row(key, values, defaults.get(key.path())));
                ConfigSchema.elementKeys(key)
                        .forEach(element -> markdown.append(row(
                                element,
                                element.values(),
                                ConfigLoader.elementDefault(element.path()).orElse(""))));
            }
            plugins.getOrDefault(section, List.of()).stream()
                    .filter(plugin -> !plugin.keys().isEmpty())
                    .forEach(plugin -> markdown.append(table(plugin, defaults)));
        });
        return markdown.toString();
    }

    /** What the keys take that choose a plug-in, by key. */
    private static Map<String, String> choices(List<PluginKeys> plugins) {
        Map<String, String> names = plugins.stream()
                .filter(keys -> keys.chosenBy().isPresent())
                .collect(Collectors.groupingBy(
                        keys -> keys.section() + "." + keys.chosenBy().orElseThrow(),
                        Collectors.mapping(PluginKeys::plugin, Collectors.joining(", "))));
        names.replaceAll((key, known) -> "one of " + known + ", or one on the class path");
        return names;
    }

    private static String table(PluginKeys plugin, Map<String, String> defaults) {
        StringBuilder table = new StringBuilder("\n### " + plugin.title() + "\n\n" + HEAD);
        for (ConfigKey key : plugin.keys()) {
            String standard = Optional.ofNullable(plugin.defaults().get(key.path()))
                    .or(() -> Optional.ofNullable(defaults.get(key.path())))
                    .or(() -> ConfigLoader.elementDefault(ofAnyPlugin(key.path())))
                    .orElse("");
            table.append(row(key, key.values(), standard));
        }
        return table.toString();
    }

    /** {@code reward.length.weight} has the default of {@code reward.*.weight}. */
    private static String ofAnyPlugin(String path) {
        int key = path.lastIndexOf('.');
        return path.substring(0, path.lastIndexOf('.', key - 1) + 1) + "*" + path.substring(key);
    }

    private static String row(ConfigKey key, String values, String standard) {
        return "| `" + key.path() + "` | " + escaped(values) + " | "
                + (standard.isEmpty() ? "" : "`" + escaped(standard) + "`") + " | " + escaped(key.meaning()) + " |\n";
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replace("<", "&lt;");
    }
}
