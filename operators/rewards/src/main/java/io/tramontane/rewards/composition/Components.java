package io.tramontane.rewards.composition;

import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import io.tramontane.rewards.RewardProblem;
import io.tramontane.schemas.plugin.PluginException;
import io.tramontane.schemas.plugin.Plugins;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The components of the reward that have sections called like their plug-ins. */
final class Components {

    private static final String KIND = "reward component";

    private final Plugins<GraderPlugin<?>> plugins = Plugins.onClassPath(GraderPlugin.class, KIND);

    /**
     * The enabled ones: first those that come with Tramontane, in the order of their file of services, then others by
     * name. Rewards are summed in this order, so that it must not depend on the order of jars or sections.
     *
     * @throws PluginException if there is no such component
     * @throws IllegalArgumentException if one cannot be made of its settings
     */
    List<WeightedGrader> enabled(Map<String, ComponentSettings> settings) {
        settings.keySet().forEach(plugins::get);
        List<GraderPlugin<?>> ordered = new ArrayList<>(plugins.all());
        // Stable: those that come with Tramontane stay as they are.
        ordered.sort(Comparator.comparing(plugin -> comesWithTramontane(plugin) ? "" : plugin.name()));
        return ordered.stream()
                .filter(plugin -> settings.containsKey(plugin.name())
                        && settings.get(plugin.name()).enabled())
                .map(plugin -> weighted(plugin, settings.get(plugin.name())))
                .toList();
    }

    private static WeightedGrader weighted(GraderPlugin<?> plugin, ComponentSettings settings) {
        return new WeightedGrader(
                plugin.name(), create(plugin, settings.settings()), settings.weight(), !comesWithTramontane(plugin));
    }

    /** What cannot work in those that are enabled, by key within the section of the reward. */
    List<RewardProblem> problems(Map<String, ComponentSettings> settings) {
        List<RewardProblem> problems = new ArrayList<>();
        settings.forEach((name, component) -> {
            if (component.enabled()) {
                check(plugins.get(name), component.settings()).forEach(problem -> problems.add(problem.within(name)));
            }
        });
        return problems;
    }

    /** Names that no other component may have: those of sections that there are, and of what comes with Tramontane. */
    Set<String> taken(Map<String, ComponentSettings> settings) {
        Set<String> names = new TreeSet<>(settings.keySet());
        plugins.all().stream().filter(Components::comesWithTramontane).forEach(plugin -> names.add(plugin.name()));
        return names;
    }

    /** How long the others take nobody knows: they get threads of their own. */
    private static boolean comesWithTramontane(GraderPlugin<?> plugin) {
        return plugin.getClass().getPackageName().startsWith(GraderPlugin.class.getPackageName() + ".");
    }

    private static <S extends Record & Serializable> Grader create(GraderPlugin<S> plugin, Serializable settings) {
        return plugin.create(plugin.own(settings));
    }

    private static <S extends Record & Serializable> List<RewardProblem> check(
            GraderPlugin<S> plugin, Serializable settings) {
        return plugin.check(plugin.own(settings));
    }
}
