package io.tramontane.jobs.comparison;

import java.util.List;

/** Comparisons that ship with Tramontane. */
public enum Preset {
    /** The shipped settings alone: how the gain varies with the seed. */
    SEEDS(new Variant("default", List.of())),

    /** Does the language reward make the policy think in the language of the problem? (Magistral §2.2.4) */
    LANGUAGE(
            new Variant("with language reward", List.of()),
            new Variant("without", List.of("reward.language.weight=0"))),

    /** What do asynchronous generators gain over generating and training by turns? (Magistral §3) */
    ASYNCHRONY(
            new Variant("async", List.of("pipeline.scheduling.mode=async")),
            new Variant("sync", List.of("pipeline.scheduling.mode=sync")));

    private final List<Variant> variants;

    Preset(Variant... variants) {
        this.variants = List.of(variants);
    }

    public List<Variant> variants() {
        return variants;
    }
}
