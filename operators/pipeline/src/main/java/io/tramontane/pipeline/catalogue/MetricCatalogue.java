package io.tramontane.pipeline.catalogue;

import io.tramontane.pipeline.figures.ComponentFigure;
import io.tramontane.pipeline.figures.LossFigure;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.pipeline.metrics.GeneratorCatalogue;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every metric of Tramontane's own. */
public final class MetricCatalogue {

    private static final List<MetricDefinition> ALL = Stream.of(
                    StepFigure.gauges(), labelled(), PipelineCatalogue.ALL, GeneratorCatalogue.ALL)
            .flatMap(List::stream)
            .toList();

    private MetricCatalogue() {}

    private static List<MetricDefinition> labelled() {
        return Stream.concat(
                        Arrays.stream(ComponentFigure.values()).map(ComponentFigure::metric),
                        Stream.of(LossFigure.metric()))
                .toList();
    }

    /** From "is it learning?" to "why is it stuck?", generators last. */
    public static List<MetricDefinition> all() {
        return ALL;
    }
}
