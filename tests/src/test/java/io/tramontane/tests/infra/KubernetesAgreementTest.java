package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.cli.TrainApplication;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.security.Role;
import io.tramontane.kafka.topics.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

/** What the files for Kubernetes say agrees with the code, and with itself. */
class KubernetesAgreementTest {

    private static final String RUN = "demo";

    @Test
    void topicsAreThoseOfTheCatalogue() {
        assertThat(Manifests.objects("KafkaTopic")).hasSameSizeAs(Topic.values());
        for (Topic topic : Topic.values()) {
            JsonNode object = Manifests.object("KafkaTopic", topic.nameFor(RUN));
            assertThat(object.at("/spec/topicName").asText()).isEqualTo(topic.nameFor(RUN));
            assertThat(object.at("/spec/partitions").asInt()).isEqualTo(topic.partitions());
            assertThat(texts(object.at("/spec/config"))).isEqualTo(topic.configuration());
        }
    }

    @Test
    void usersMayDoTheLeastThatTheirRoleNeeds() {
        List<Role> roles = List.of(Role.JOB, Role.GENERATOR, Role.READER);
        assertThat(Manifests.objects("KafkaUser"))
                .extracting(Manifests::nameOf)
                .containsExactlyInAnyOrderElementsOf(
                        roles.stream().map(Role::label).toList());
        for (Role role : roles) {
            Set<String> wanted = role.bindings(RUN, "User:" + role.label()).stream()
                    .map(KubernetesAgreementTest::entry)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(entries(Manifests.object("KafkaUser", role.label())))
                    .as(role.label())
                    .isEqualTo(wanted);
        }
    }

    private static String entry(AclBinding binding) {
        return String.join(
                " ",
                letters(binding.pattern().resourceType().name()),
                binding.pattern().patternType() == PatternType.PREFIXED ? "prefix" : "literal",
                binding.pattern().name(),
                letters(binding.entry().operation().name()));
    }

    private static Set<String> entries(JsonNode user) {
        return Manifests.elements(user.at("/spec/authorization/acls"))
                .flatMap(acl -> Manifests.texts(acl.path("operations")).stream()
                        .map(operation -> String.join(
                                " ",
                                letters(acl.at("/resource/type").asText()),
                                acl.at("/resource/patternType").asText(),
                                acl.at("/resource/name").asText(),
                                letters(operation))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** AlterConfigs and ALTER_CONFIGS alike. */
    private static String letters(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Test
    void theRunsConfigurationIsValid() {
        TramontaneConfig config = TramontaneConfig.loader()
                .file(Manifests.KUBERNETES.resolve("base/run.yaml"))
                .load();

        assertThat(config.run().id()).isEqualTo(RUN);
        assertThat(config.kafka().bootstrapServers())
                .as("Strimzi's service of the listener")
                .isEqualTo("tramontane-kafka-bootstrap:"
                        + Manifests.object("Kafka", "tramontane")
                                .at("/spec/kafka/listeners/0/port")
                                .asText());
        assertThat(config.generation().leasedGroups())
                .as("the threshold of the autoscaler is what a generator holds")
                .isEqualTo(Manifests.objects("ScaledObject")
                        .get(0)
                        .at("/spec/triggers/0/metadata/threshold")
                        .asInt());
    }

    @Test
    void theJobIsStartedByItsEntryClass() {
        JsonNode job = Manifests.object("FlinkDeployment", "tramontane-job").at("/spec/job");

        assertThat(job.path("entryClass").asText()).isEqualTo(TrainApplication.class.getName());
        assertThat(job.path("upgradeMode").asText()).isEqualTo("savepoint");
        CommandLines.check(Stream.concat(Stream.of("train"), Manifests.texts(job.path("args")).stream())
                .toList());
    }

    @Test
    void programsAreStartedWithOptionsTheyHave() {
        for (JsonNode container : containers()) {
            List<String> arguments = Manifests.texts(container.path("args"));
            if (container.path("image").asText().startsWith("tramontane/generator") && !container.has("command")) {
                CommandLines.check(arguments);
            }
        }
    }

    @Test
    void flinkKnowsEveryKeyOfItsConfiguration() {
        assertThat(FlinkKeys.unknown(texts(flinkConfiguration()).keySet())).isEmpty();
        assertThat(FlinkKeys.unknown(Set.of("execution.checkpointing.intervall")))
                .as("a misspelt key")
                .isNotEmpty();
    }

    @Test
    void theDeploymentKeepsTheImagesConfiguration() {
        Map<String, String> image = texts(Manifests.one(Manifests.DOCKER.resolve("flink-conf/config.yaml")));
        Map<String, String> deployment = texts(flinkConfiguration());
        // The operator sets them from "resource".
        image.keySet().removeIf(key -> key.endsWith(".memory.process.size"));

        assertThat(deployment).containsAllEntriesOf(image);
    }

    private static JsonNode flinkConfiguration() {
        return Manifests.object("FlinkDeployment", "tramontane-job").at("/spec/flinkConfiguration");
    }

    @Test
    void selectorsFindPods() {
        List<Map<String, String>> pods = podLabels();
        for (String kind : List.of("NetworkPolicy", "PodDisruptionBudget", "PodMonitor", "Deployment")) {
            for (JsonNode object : Manifests.objects(kind)) {
                String path = kind.equals("NetworkPolicy") ? "/spec/podSelector" : "/spec/selector";
                assertSelects(pods, object.at(path), kind + " " + Manifests.nameOf(object));
            }
        }
        for (JsonNode policy : Manifests.objects("NetworkPolicy")) {
            for (String rules : List.of("/spec/ingress", "/spec/egress")) {
                policy.at(rules).findValues("podSelector").forEach(selector -> {
                    if (!selector.at("/matchLabels/k8s-app").asText().equals("kube-dns")) {
                        assertSelects(pods, selector, "NetworkPolicy " + Manifests.nameOf(policy));
                    }
                });
            }
        }
        assertSelects(
                pods,
                Manifests.object("Kafka", "tramontane").at("/spec/kafka/listeners/0/networkPolicyPeers/0/podSelector"),
                "clients of Kafka");
    }

    private static void assertSelects(List<Map<String, String>> pods, JsonNode selector, String whose) {
        Map<String, String> labels = texts(selector.path("matchLabels"));
        assertThat(pods)
                .as("%s selects %s", whose, selector)
                .anyMatch(pod -> pod.entrySet().containsAll(labels.entrySet()));
        for (JsonNode expression : selector.path("matchExpressions")) {
            for (String value : Manifests.texts(expression.path("values"))) {
                assertThat(pods)
                        .as("%s selects %s", whose, value)
                        .anyMatch(pod ->
                                value.equals(pod.get(expression.path("key").asText())));
            }
        }
    }

    /** The labels of our pods, and those that Strimzi gives its own. */
    private static List<Map<String, String>> podLabels() {
        List<Map<String, String>> labels = new ArrayList<>();
        labels.add(Map.of("strimzi.io/cluster", "tramontane", "strimzi.io/kind", "Kafka"));
        podTemplates().forEach(template -> labels.add(texts(template.at("/metadata/labels"))));
        return labels;
    }

    @Test
    void monitorsScrapePortsThatPodsHave() {
        JsonNode job = Manifests.object("FlinkDeployment", "tramontane-job");
        Set<String> ports = containers().stream()
                .flatMap(container -> Manifests.elements(container.path("ports")))
                .map(port -> port.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        // Strimzi's name of the port of its metrics reporter.
        ports.add("tcp-prometheus");

        for (JsonNode monitor : Manifests.objects("PodMonitor")) {
            assertThat(ports)
                    .as(Manifests.nameOf(monitor))
                    .containsAll(monitor.at("/spec/podMetricsEndpoints").findValuesAsText("port"));
        }
        assertThat(job.at("/spec/podTemplate/spec/containers/0/ports/0/containerPort")
                        .asText())
                .isEqualTo(flinkConfiguration()
                        .path("metrics.reporter.prometheus.port")
                        .asText());
    }

    /** MonitoringFilesTest and promtool look at the one; a cluster gets the other. */
    @Test
    void theClusterHasTheAlertsThatAreTested() {
        JsonNode tested = Manifests.one(Manifests.INFRA.resolve("prometheus/tramontane.rules.yaml"));
        assertThat(Manifests.object("PrometheusRule", "tramontane").at("/spec/groups"))
                .isEqualTo(tested.required("groups"));
    }

    @Test
    void everyPodIsConfined() {
        for (JsonNode template : podTemplates()) {
            JsonNode pod = template.path("spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            for (JsonNode container : pod.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(Manifests.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
            }
        }
    }

    @Test
    void everyVolumeThatIsMountedIsThere() {
        Set<String> claims = Manifests.objects("PersistentVolumeClaim").stream()
                .map(Manifests::nameOf)
                .collect(Collectors.toSet());
        Set<String> secrets = Manifests.objects("KafkaUser").stream()
                .map(Manifests::nameOf)
                .collect(Collectors.toCollection(TreeSet::new));
        secrets.add("tramontane-cluster-ca-cert");
        for (JsonNode template : podTemplates()) {
            JsonNode pod = template.path("spec");
            Set<String> volumes = new TreeSet<>(pod.path("volumes").findValuesAsText("name"));
            for (JsonNode container : pod.path("containers")) {
                assertThat(volumes).containsAll(container.path("volumeMounts").findValuesAsText("name"));
            }
            assertThat(claims).containsAll(pod.path("volumes").findValuesAsText("claimName"));
            assertThat(secrets).containsAll(pod.path("volumes").findValuesAsText("secretName"));
        }
    }

    private static List<JsonNode> podTemplates() {
        List<JsonNode> templates = new ArrayList<>();
        Manifests.objects("FlinkDeployment").forEach(object -> templates.add(object.at("/spec/podTemplate")));
        for (String kind : List.of("Deployment", "Job")) {
            Manifests.objects(kind).forEach(object -> templates.add(object.at("/spec/template")));
        }
        return templates;
    }

    private static List<JsonNode> containers() {
        return podTemplates().stream()
                .flatMap(template -> Manifests.elements(template.at("/spec/containers")))
                .toList();
    }

    /** The fields of an object with their values as text. */
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field ->
                        texts.put(field.getKey(), field.getValue().asText().strip()));
        return texts;
    }

    @Test
    void theVersionOfKafkaIsOfTheLineThatIsTested() {
        String version = Manifests.object("Kafka", "tramontane")
                .at("/spec/kafka/version")
                .asText();
        assertThat(Arrays.copyOf(version.split("\\."), 2))
                .isEqualTo(Arrays.copyOf(Versions.property("kafka.version").split("\\."), 2));
        assertThat(Manifests.object("FlinkDeployment", "tramontane-job")
                        .at("/spec/flinkVersion")
                        .asText())
                .isEqualTo("v"
                        + Versions.property("flink.version")
                                .replaceAll("\\.\\d+$", "")
                                .replace('.', '_'));
    }
}
