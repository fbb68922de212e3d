package io.tramontane.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.catalogue.MetricCatalogue;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MetricCatalogueTest {

    @Test
    void noTwoMetricsOfAnOperatorHaveOneName() {
        for (OperatorIdentity operator : OperatorIdentity.values()) {
            List<String> names = MetricCatalogue.all().stream()
                    .filter(metric -> metric.operators().contains(operator))
                    .map(MetricDefinition::name)
                    .toList();
            assertThat(names).as(operator.title()).doesNotHaveDuplicates();
        }
    }

    @Test
    void eachMeansSomething() {
        assertThat(MetricCatalogue.all())
                .allSatisfy(metric -> assertThat(metric.meaning())
                        .as(metric.name())
                        .matches("[A-Z].*\\.")
                        .doesNotContain("|"));
    }

    @Test
    void aNameInPrometheusHasItsLabels() {
        assertThat(PipelineCatalogue.VERDICTS.prometheusName())
                .isEqualTo("flink_taskmanager_job_task_operator_verifier_verdict_count");
        assertThat(GeneratorCatalogue.TOKENS.prometheusName()).isEqualTo("flink_tramontane_generator_tokens");
        assertThatThrownBy(PipelineCatalogue.OLDEST_GROUP::prometheusName).hasMessage("oldestGroup is a text");
    }

    @Test
    void aMetricIsRegisteredAsTheCatalogueSaysOrNotAtAll() {
        OperatorMetrics metrics = new OperatorMetrics(new UnregisteredMetricsGroup());
        assertThatThrownBy(() -> metrics.counter(PipelineCatalogue.OPEN_GROUPS))
                .hasMessage("openGroups is a GAUGE by []");
        assertThatThrownBy(() -> metrics.counter(PipelineCatalogue.GROUPS)).hasMessage("groups is a COUNTER by [fate]");
    }
}
