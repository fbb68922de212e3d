package io.tramontane.jobs.commands.documentation;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.catalogue.MetricCatalogue;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.MetricKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The catalogue of metrics, as tables for people who look at them, one an operator. */
public final class MetricTable {

    private static final String INTRODUCTION = """
            # Metrics

            Generated from `io.tramontane.pipeline.metrics` by `./tramontane docs`; do not edit. How to look at them:
            [README.md](README.md#monitoring). Those of an operator are in the Flink UI too, under the operator's name; names
            in Prometheus are those of Flink's reporter, and labels are part of them. Counters grow from 0 with every start of
            the task, meters are rates over the last minute, and histograms have quantiles of recent values. Flink's own
            metrics of every operator come on top.
            """;

    private static final String GENERATORS = "Generator";

    private MetricTable() {}

    /** All tables as Markdown. */
    public static String markdown() {
        Map<String, List<MetricDefinition>> byOwner = new LinkedHashMap<>();
        for (MetricDefinition metric : MetricCatalogue.all()) {
            byOwner.computeIfAbsent(owner(metric), first -> new ArrayList<>()).add(metric);
        }
        StringBuilder markdown = new StringBuilder(INTRODUCTION);
        byOwner.forEach((owner, metrics) -> {
            markdown.append("\n## ").append(owner).append("\n\n");
            markdown.append("| metric | kind | unit | by | meaning | in Prometheus |\n|---|---|---|---|---|---|\n");
            metrics.forEach(metric -> markdown.append(row(metric)));
        });
        return markdown.toString();
    }

    private static String owner(MetricDefinition metric) {
        return metric.ofGenerators()
                ? GENERATORS
                : metric.operators().stream().map(OperatorIdentity::title).collect(Collectors.joining(", "));
    }

    private static String row(MetricDefinition metric) {
        String prometheus = metric.kind() == MetricKind.TEXT ? "" : "`" + metric.prometheusName() + "`";
        return "| `"
                + String.join(
                        " | ",
                        metric.name() + "`",
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.unit(),
                        String.join(", ", metric.labels()),
                        metric.meaning(),
                        prometheus)
                + " |\n";
    }
}
