package io.tramontane.tests.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.commands.documentation.MetricTable;
import io.tramontane.jobs.kernel.config.YamlTree;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.catalogue.MetricCatalogue;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.MetricKind;
import io.tramontane.tests.process.InstalledPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts ask for metrics that exist, with labels that they have. */
class MonitoringFilesTest {

    /** Tests run in the folder of their module. */
    private static final Path PROMETHEUS = Path.of("..", "infra", "prometheus");

    private static final Path RULES = PROMETHEUS.resolve("tramontane.rules.yaml");

    /** Labels that Flink gives to metrics of operators, tasks and jobs, and Prometheus to quantiles. */
    private static final Set<String> STANDARD_LABELS =
            Set.of("job_name", "job_id", "task_name", "operator_name", "subtask_index", "tm_id", "host", "quantile");

    private static final Map<String, MetricDefinition> CATALOGUE = MetricCatalogue.all().stream()
            .filter(metric -> metric.kind() != MetricKind.TEXT)
            .collect(Collectors.toMap(MetricDefinition::prometheusName, metric -> metric));

    @Test
    void everyPanelAsksForMetricsThatExist() throws IOException {
        for (Path dashboard : Dashboards.all()) {
            Dashboards.expressions(dashboard).forEach((title, expressions) -> {
                assertThat(expressions).as(dashboard + ": " + title).isNotEmpty();
                expressions.forEach(expression -> requireKnown(dashboard + ": " + title, expression));
            });
        }
    }

    @Test
    void everyAlertAsksForMetricsThatExistAndSaysWhatToDo() throws IOException {
        List<JsonNode> alerts = alerts();
        assertThat(alerts).isNotEmpty();
        for (JsonNode alert : alerts) {
            String name = alert.required("alert").asText();
            requireKnown(name, alert.required("expr").asText());
            JsonNode annotations = alert.required("annotations");
            assertThat(annotations.required("summary").asText()).as(name).isNotBlank();
            assertThat(annotations.required("runbook").asText()).as(name).isNotBlank();
        }
    }

    /** What is in the catalogue and on no dashboard is looked at by nobody. */
    @Test
    void everyMetricIsOnADashboard() throws IOException {
        Set<String> shown = new HashSet<>();
        for (Path dashboard : Dashboards.all()) {
            Dashboards.expressions(dashboard).values().stream()
                    .flatMap(List::stream)
                    .forEach(
                            expression -> shown.addAll(Expression.of(expression).metrics()));
        }
        assertThat(shown).containsAll(CATALOGUE.keySet());
        assertThat(FlinkMetrics.PROMETHEUS_NAMES).allMatch(shown::contains);
    }

    @Test
    void theTableNamesEveryMetricAsPrometheusDoes() {
        assertThat(CATALOGUE.keySet())
                .allSatisfy(name -> assertThat(MetricTable.markdown()).contains("`" + name + "`"));
    }

    @Test
    void anExpressionIsTakenApart() {
        Expression expression = Expression.of(
                "sum by (a, b) (rate(x_total{c=\"1\", operator_name=\"Y\"}[5m])) / 1e3 > 0.5 and on (d) max(z) == 0");
        assertThat(expression.metrics()).containsExactlyInAnyOrder("x_total", "z");
        assertThat(expression.labels()).containsExactlyInAnyOrder("a", "b", "c", "d", "operator_name");
        assertThat(expression.operators()).containsExactly("Y");
    }

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        promtool("check", "rules", RULES.toString());
        promtool("check", "config", PROMETHEUS.resolve("prometheus.yaml").toString());
        promtool("test", "rules", PROMETHEUS.resolve("tramontane.tests.yaml").toString());

        String tests = Files.readString(PROMETHEUS.resolve("tramontane.tests.yaml"));
        for (JsonNode alert : alerts()) {
            assertThat(tests).contains("alertname=\"" + alert.required("alert").asText() + "\"");
        }
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(InstalledPrograms.require("promtool").toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static void requireKnown(String where, String text) {
        Expression expression = Expression.of(text);
        assertThat(expression.metrics()).as(where).isNotEmpty();
        Set<String> labels = new TreeSet<>(STANDARD_LABELS);
        for (String name : expression.metrics()) {
            MetricDefinition metric = CATALOGUE.get(name);
            assertThat(metric != null || FlinkMetrics.PROMETHEUS_NAMES.contains(name))
                    .as(where + ": " + name + " is in infra/METRICS.md or among Flink's metrics")
                    .isTrue();
            if (metric != null) {
                labels.addAll(metric.labels());
            }
        }
        assertThat(labels).as(where + ": labels").containsAll(expression.labels());
        Set<String> titles = Arrays.stream(OperatorIdentity.values())
                .flatMap(operator -> Stream.of(operator.title(), "Source: " + operator.title()))
                .map(title -> title.replace(" ", "_"))
                .collect(Collectors.toSet());
        assertThat(titles).as(where + ": operators").containsAll(expression.operators());
    }

    private static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode group :
                YamlTree.parse(RULES.toString(), Files.readString(RULES)).required("groups")) {
            group.required("rules").forEach(alerts::add);
        }
        return alerts;
    }
}
