package io.tramontane.pipeline.metrics;

import java.util.List;
import java.util.stream.Stream;

/** Every metric of ours. */
public final class MetricCatalogue {

    private static final List<MetricDefinition> ALL = Stream.of(
                    StepCatalogue.FIGURES, StepCatalogue.COMPONENTS, PipelineCatalogue.ALL, GeneratorCatalogue.ALL)
            .flatMap(List::stream)
            .toList();

    private MetricCatalogue() {}

    /** From "is it learning?" to "why is it stuck?", generators last. */
    public static List<MetricDefinition> all() {
        return ALL;
    }
}
