package io.tramontane.jobs.replay;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.page.comparison.Suite;
import io.tramontane.jobs.page.comparison.Variant;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.training.TrainingArithmetic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings by which a recorded run is trained again for each variant of a suite. All is as in the run, except the
 * objective: loss, advantage, normalisation and preset begin at the defaults, as they do in new runs, and the
 * arithmetic is the newest, because the first knows grpo alone.
 */
public final class RecordedSuite {

    /** What a stored configuration is read without. */
    public static final List<String> OBJECTIVE = List.of(
            "training.loss",
            "training.preset",
            "training.arithmetic",
            "pipeline.advantage",
            "pipeline.batching.normalisation");

    private static final List<String> REPLAYED = List.of("training.", "pipeline.advantage.", "pipeline.batching.");

    /** Given by the recorded steps. */
    private static final List<String> RECORDED =
            List.of("training.maximum-steps", "pipeline.batching.completions-per-batch");

    private RecordedSuite() {}

    /**
     * The configuration of every variant, in the order of the suite.
     *
     * @param original the run's
     * @param stored a new loader of the run's configuration without {@link #OBJECTIVE}, with what else all share
     * @throws ReplayException when a variant changes what a replay of training has no use for; the message names both
     */
    public static Map<Variant, TramontaneConfig> of(
            Suite suite, TramontaneConfig original, Function<Variant, ConfigLoader<TramontaneConfig>> stored) {
        Map<Variant, TramontaneConfig> configs = new LinkedHashMap<>();
        suite.variants().forEach(variant -> configs.put(variant, of(suite, variant, original, stored.apply(variant))));
        return configs;
    }

    private static TramontaneConfig of(
            Suite suite, Variant variant, TramontaneConfig original, ConfigLoader<TramontaneConfig> loader) {
        for (String override : variant.overrides()) {
            String key = override.substring(0, override.indexOf('=')).strip();
            if (RECORDED.contains(key)) {
                throw refusal(variant, key);
            }
        }
        suite.settings().forEach(loader::set);
        variant.overrides().forEach(loader::set);
        loader.set("training.arithmetic=" + TrainingArithmetic.newest().number());
        Map<String, String> before = ConfigWriter.flat(original);
        RECORDED.forEach(key -> loader.set(key + "=" + before.get(key)));
        TramontaneConfig config = loader.load().withRun(original.run());
        ConfigWriter.flat(config).forEach((key, value) -> {
            if (!value.equals(before.get(key)) && !isReplayed(key)) {
                throw refusal(variant, key);
            }
        });
        return config;
    }

    /** Whether a replay of training depends on this key and a variant may set it. */
    static boolean isReplayed(String key) {
        return REPLAYED.stream().anyMatch(key::startsWith);
    }

    private static ReplayException refusal(Variant variant, String key) {
        return new ReplayException("variant '" + variant.name() + "' changes " + key
                + ", which the recorded rollouts and batches do not follow; a comparison by replay changes the rest of"
                + " training, pipeline.advantage and pipeline.batching alone");
    }
}
