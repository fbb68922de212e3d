package io.tramontane.pipeline.metrics;

import static io.tramontane.pipeline.metrics.MetricDefinition.of;
import static io.tramontane.pipeline.metrics.MetricKind.COUNTER;
import static io.tramontane.pipeline.metrics.MetricKind.GAUGE;
import static io.tramontane.pipeline.metrics.MetricKind.HISTOGRAM;
import static io.tramontane.pipeline.metrics.MetricKind.METER;

import java.util.List;

/** The metrics of a generator, a process of its own or a thread of a local run. */
public final class GeneratorCatalogue {

    public static final MetricDefinition TOKENS =
            generator(COUNTER, "tokens", "tokens", "Tokens of the completions it has finished.");

    public static final MetricDefinition COMPLETIONS =
            generator(COUNTER, "completions", "completions", "Completions it has finished.");

    public static final MetricDefinition TOKENS_RATE =
            generator(METER, "tokensPerSecond", "tokens/s", "Tokens of the completions it finishes.");

    public static final MetricDefinition RUNNING =
            generator(GAUGE, "runningSequences", "sequences", "Sequences that are being sampled.");

    public static final MetricDefinition IDLE =
            generator(METER, "idleTimeMsPerSecond", "ms/s", "Time in which no sequence runs; 1,000 is all of it.");

    public static final MetricDefinition IDLE_WITH_CREDITS = generator(
            METER,
            "idleWithCreditsTimeMsPerSecond",
            "ms/s",
            "The part of it in which a prompt lay in the topic: what the generator itself loses.");

    public static final MetricDefinition WEIGHTS_VERSION =
            generator(GAUGE, "weightsVersion", "steps", "Version of the weights that the next token comes from.");

    public static final MetricDefinition WEIGHTS_INCARNATION =
            generator(GAUGE, "weightsIncarnation", "starts", "Incarnation of those weights.");

    public static final MetricDefinition PUBLISH_TO_ADOPT = generator(
            HISTOGRAM,
            "publishToAdoptMilliseconds",
            "ms",
            "From the publication of weights to their first token here.");

    public static final List<MetricDefinition> ALL = List.of(
            TOKENS,
            COMPLETIONS,
            TOKENS_RATE,
            RUNNING,
            IDLE,
            IDLE_WITH_CREDITS,
            WEIGHTS_VERSION,
            WEIGHTS_INCARNATION,
            PUBLISH_TO_ADOPT);

    private GeneratorCatalogue() {}

    private static MetricDefinition generator(MetricKind kind, String name, String unit, String meaning) {
        return of(kind, name, unit, meaning).by("generator");
    }
}
