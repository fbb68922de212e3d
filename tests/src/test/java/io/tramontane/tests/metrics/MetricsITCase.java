package io.tramontane.tests.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.generator.GeneratorSettings;
import io.tramontane.jobs.generator.LocalGenerator;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.kernel.metrics.ProcessMetrics;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.topology.TrainTopology;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.catalogue.MetricCatalogue;
import io.tramontane.pipeline.metrics.MetricDefinition;
import io.tramontane.pipeline.metrics.MetricKind;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.WeightsOutlet;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import io.tramontane.schemas.WeightsVersion;
import io.tramontane.tests.process.InstalledPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole catalogue on the training job and on a generator, as Prometheus and the Flink UI get to see it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class MetricsITCase {

    private static final PolicyConfig POLICY = new PolicyConfig(300, 8, 12, 1, 2, 1, 4, 64, 1e-6, 10_000);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TramontaneConfig config(TestRun run, int port) {
        ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
        List.of(
                        "run.id=" + run.runId(),
                        "metrics.prometheus-port=" + port,
                        "training.maximum-steps=100000",
                        // What is 0 in the recipe: a cap, a KL term, and a mask of some sequences. Wrong answers are
                        // recorded at -5.5 and have -log 300 under the first policy, so a mask at the difference
                        // takes about half of them.
                        "training.loss.ratio-cap=2",
                        "training.loss.kl-coefficient=0.01",
                        "training.loss.correction.off-policy-threshold=0.2038",
                        "flink.parallelism=1",
                        "flink.checkpoint-interval=300ms",
                        "pipeline.scheduling.group-size=4",
                        "pipeline.scheduling.maximum-groups-in-flight=32",
                        "pipeline.batching.completions-per-batch=8",
                        "pipeline.staleness.maximum-lag=4",
                        "pipeline.grouping.deadline=1s",
                        "curriculum.stages=[{steps: 3}, {}]",
                        "pipeline.scoring.custom.threads=1",
                        "pipeline.scoring.custom.deadline=20ms",
                        "reward.custom=[{name: patience, component: hanging, weight: 0}]")
                .forEach(loader::set);
        return loader.load();
    }

    private PolicyBundle policy() throws IOException {
        String tokenizer = new BytePairTrainer(300, List.of()).train(List.of("a problem"));
        return new PolicyBundle(POLICY, Weights.initialise(POLICY, 1), tokenizer, BytePairTrainer.endOfSequence());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void everyMetricOfAnOperatorIsThereAndMoves(TestRun run) throws Exception {
        int port = freePort();
        int portOfFlinks = freePort();
        TramontaneConfig config = config(run, port);
        PolicyFiles.save(folder.resolve("base"), policy());
        Configuration flinkConfiguration = FlinkConfiguration.of(config.flink(), folder.resolve("checkpoints"));
        config.metrics().applyTo(flinkConfiguration);
        flinkConfiguration.setString(
                "metrics.reporter.flinks.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        flinkConfiguration.setString("metrics.reporter.flinks.port", Integer.toString(portOfFlinks));
        try (TelemetryReceiver telemetry = new TelemetryReceiver();
                LocalFlink flink = LocalFlink.start(reportingTo(telemetry, flinkConfiguration), 1);
                VariedAnswers answers = new VariedAnswers(run.kafka(), run.runId())) {
            var environment = StreamExecutionEnvironment.getExecutionEnvironment(flinkConfiguration);
            TrainTopology.build(environment, config.job().trainJob(run.runId(), run.kafka(), folder.resolve("base")));
            JobID job = new JobID();
            flink.submit(environment.getStreamGraph(), job, Optional.empty());

            Set<String> still = wanted();
            Set<String> flinks = new TreeSet<>(FlinkMetrics.PROMETHEUS_NAMES);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
                for (Scrape series : Scrape.of(port)) {
                    flinks.remove(series.name());
                    if (series.value() != 0) {
                        still.remove(key(series));
                    }
                    if (series.name().equals(PipelineCatalogue.STEP.prometheusName())) {
                        answers.newest((long) series.value());
                    }
                }
                assertThat(answers.failure()).isNull();
                assertThat(still)
                        .as("metrics that are missing or have not moved")
                        .isEmpty();
                assertThat(flinks).as("metrics of Flink that are missing").isEmpty();
            });
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(text(flink.webAddress(), job, PipelineCatalogue.OLDEST_GROUP))
                            .startsWith(run.runId() + "/"));
            assertThat(catalogued(Scrape.of(port)))
                    .as("names and labels are those of Flink's own reporter")
                    .isEqualTo(catalogued(Scrape.of(portOfFlinks)));
            await().atMost(PATIENCE).until(() -> telemetry.has("rewardMean") && telemetry.has("oldestGroupAge"));
            // Without Prometheus all but dashboards and alerts has been looked at: skipped, rather than passed.
            InstalledPrograms.require("prometheus");
            requireThatPrometheusAnswers(port);
            flink.cancel(job);
        }
    }

    private static Configuration reportingTo(TelemetryReceiver telemetry, Configuration configuration) {
        String reporter = "metrics.reporter.otel.";
        configuration.setString(
                reporter + "factory.class", "org.apache.flink.metrics.otel.OpenTelemetryMetricReporterFactory");
        configuration.setString(reporter + "exporter.protocol", "HTTP");
        configuration.setString(reporter + "exporter.endpoint", telemetry.address());
        configuration.setString(reporter + "interval", "1 s");
        return configuration;
    }

    /** Every alert is evaluated, and every panel of the dashboards can be: those of operators show something. */
    private void requireThatPrometheusAnswers(int port) throws IOException {
        try (PrometheusServer prometheus = new PrometheusServer(port, freePort(), folder)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.ruleHealth()).containsOnly("ok"));
            for (Path dashboard : Dashboards.all()) {
                for (List<String> expressions :
                        Dashboards.expressions(dashboard).values()) {
                    for (String shown : expressions) {
                        String expression = shown.replace("$job", ".*");
                        boolean ofOperators = !expression.contains("_generator_") && !expression.contains("rate(");
                        // An increase needs two scrapes.
                        await().atMost(PATIENCE)
                                .untilAsserted(() -> assertThat(ofOperators
                                                && !expression.contains("changes(")
                                                && prometheus.query(expression).isEmpty())
                                        .as(dashboard + " shows nothing for " + expression)
                                        .isFalse());
                    }
                }
            }
        }
    }

    /** Each numeric metric once for each operator that has it. */
    private static Set<String> wanted() {
        Set<String> wanted = new TreeSet<>();
        for (MetricDefinition metric : MetricCatalogue.all()) {
            if (metric.kind() != MetricKind.TEXT) {
                String suffix = metric.kind() == MetricKind.HISTOGRAM ? "_count" : "";
                metric.operators()
                        .forEach(operator -> wanted.add(metric.prometheusName() + suffix + " of " + label(operator)));
            }
        }
        return wanted;
    }

    private static String label(OperatorIdentity operator) {
        return operator.title().replace(' ', '_');
    }

    private static String key(Scrape series) {
        return series.name() + " of " + series.labels().get("operator_name");
    }

    private static Set<String> catalogued(List<Scrape> all) {
        Set<String> names = MetricCatalogue.all().stream()
                .filter(metric -> metric.kind() != MetricKind.TEXT)
                .map(MetricDefinition::prometheusName)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(series ->
                        names.contains(series.name().replaceAll("_count$", "")) || names.contains(series.name()))
                .map(series -> series.name() + series.labels())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value as the Flink UI asks for it. */
    private static String text(URI web, JobID job, MetricDefinition metric) throws IOException {
        for (JsonNode vertex : read(web, "/jobs/" + job).required("vertices")) {
            String metrics =
                    "/jobs/" + job + "/vertices/" + vertex.required("id").asText() + "/metrics";
            for (JsonNode found : read(web, metrics)) {
                String id = found.required("id").asText();
                if (id.equals("0." + label(metric.operators().get(0)) + "." + metric.name())) {
                    JsonNode values = read(web, metrics + "?get=" + id);
                    return values.isEmpty()
                            ? ""
                            : values.get(0).required("value").asText();
                }
            }
        }
        return "";
    }

    private static JsonNode read(URI web, String path) throws IOException {
        try (InputStream in = web.resolve(path).toURL().openStream()) {
            return JSON.readTree(in);
        }
    }

    @Test
    void everyMetricOfAGeneratorIsThereAndMoves(TestRun run) throws Exception {
        int port = freePort();
        TramontaneConfig config = config(run, port);
        PolicyBundle policy = policy();
        PolicyFiles.save(folder.resolve("base"), policy);
        Set<String> still = MetricCatalogue.all().stream()
                .filter(MetricDefinition::ofGenerators)
                .map(metric -> metric.prometheusName() + (metric.kind() == MetricKind.HISTOGRAM ? "_count" : ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> generators = new HashSet<>();
        try (ProcessMetrics metrics =
                        ProcessMetrics.open(config.metrics(), config.flink().properties());
                PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(folder.resolve("base"));
                WeightsOutlet outlet = KafkaWeightsOutlet.to(run.kafka(), run.runId(), config.weights())
                        .open();
                LocalGenerator generator = LocalGenerator.start(new LocalGenerator.Parts(
                        "generator-7",
                        run.runId(),
                        1,
                        run.kafka(),
                        config.weights(),
                        config.prompts(),
                        new GeneratorSettings(4, 4),
                        policy,
                        tokenizer,
                        metrics.group()))) {
            outlet.publish(
                    new WeightsVersion(1, 3), Weights.initialise(POLICY, 2).serialize());
            List<Prompt> issued = new ArrayList<>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
                issue(run, issued);
                Scrape.of(port).stream().filter(series -> series.value() != 0).forEach(series -> {
                    still.remove(series.name());
                    generators.add(series.labels().get("generator"));
                });
                assertThat(generator.failure()).isEmpty();
                assertThat(still)
                        .as("metrics that are missing or have not moved")
                        .isEmpty();
            });
            assertThat(generators).containsExactly("generator_7");
        }
    }

    private static void issue(TestRun run, List<Prompt> issued) {
        String problem = Integer.toString(issued.size());
        Prompt prompt = Prompt.newBuilder()
                .setGroupId(Identity.groupId(run.runId(), 0, problem))
                .setRunId(run.runId())
                .setSequence(0)
                .setEpoch(0)
                .setProblemId(problem)
                .setProblem("a problem")
                .setReference("1")
                .setLanguage("en")
                .setGroupSize(4)
                .setSampling(new SamplingSettings(1f, 30))
                .setMinimumVersion(0)
                .setVerifier("numeric")
                .build();
        issued.add(prompt);
        try (RecordProducer<Prompt> producer =
                new RecordProducer<>(run.kafka(), Topic.PROMPTS, run.runId(), Prompt.class)) {
            producer.send(prompt.getGroupId(), prompt);
            producer.flush();
        }
    }
}
