package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.cli.TrainApplication;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.tests.process.InstalledPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.junit.jupiter.api.Test;

/** The images and the Compose file: valid, confined, and in agreement with the code. */
class DockerFilesTest {

    private static final JsonNode COMPOSE = Manifests.one(Manifests.DOCKER.resolve("compose.yaml"));

    private static JsonNode service(String name) {
        return COMPOSE.path("services").path(name);
    }

    @Test
    void theComposeFilesFitTheSpecification() {
        assertThat(Schemas.composeProblems(COMPOSE)).isEmpty();
        assertThat(Schemas.composeProblems(Manifests.one(Manifests.DOCKER.resolve("restore.yaml"))))
                .isEmpty();

        ObjectNode misspelt = COMPOSE.deepCopy();
        ((ObjectNode) misspelt.at("/services/kafka")).put("restarts", "always");
        assertThat(Schemas.composeProblems(misspelt)).isNotEmpty();
    }

    @Test
    void everyServiceIsPinnedAndConfined() {
        COMPOSE.path("services").properties().forEach(entry -> {
            JsonNode service = entry.getValue();
            assertThat(service.path("image").asText()).as(entry.getKey()).matches(".+:v?\\d+\\.\\d+\\.\\d+.*");
            assertThat(service.path("user").asText()).as(entry.getKey()).matches("[1-9]\\d+:[1-9]\\d+");
            assertThat(Manifests.texts(service.path("cap_drop")))
                    .as(entry.getKey())
                    .containsExactly("ALL");
            assertThat(Manifests.texts(service.path("security_opt"))).contains("no-new-privileges:true");
            assertThat(service.has("healthcheck")).as(entry.getKey()).isTrue();
            assertThat(Manifests.texts(service.path("ports")))
                    .as("%s listens on this machine only", entry.getKey())
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
        });
    }

    @Test
    void imagesHaveTheVersionsThatAreTested() throws IOException {
        assertThat(service("kafka").path("image").asText())
                .isEqualTo("apache/kafka:" + Versions.property("kafka.version"));
        assertThat(dockerfile()).contains("ARG FLINK_VERSION=" + Versions.property("flink.version") + "\n");
        Set<String> own = new TreeSet<>();
        for (Path file : Manifests.files(Manifests.INFRA)) {
            Matcher image =
                    Pattern.compile("tramontane/(?:job|generator):([\\w.-]+)").matcher(Files.readString(file));
            while (image.find()) {
                own.add(image.group(1));
            }
        }
        assertThat(own).containsExactly(Versions.project());
    }

    @Test
    void whatServicesMountAndWaitForIsThere() {
        Set<String> volumes = new TreeSet<>();
        COMPOSE.path("volumes").properties().forEach(entry -> volumes.add(entry.getKey()));
        Set<String> services = new TreeSet<>();
        COMPOSE.path("services").properties().forEach(entry -> services.add(entry.getKey()));
        for (String name : services) {
            for (String volume : Manifests.texts(service(name).path("volumes"))) {
                String source = volume.split(":")[0];
                if (source.startsWith(".")) {
                    assertThat(Manifests.DOCKER.resolve(source)).as(name).exists();
                } else {
                    assertThat(volumes).as(name).contains(source);
                }
            }
            service(name)
                    .path("depends_on")
                    .fieldNames()
                    .forEachRemaining(other -> assertThat(services).contains(other));
        }
    }

    /** Prometheus' own check. */
    @Test
    void prometheusUnderstandsItsConfiguration() throws IOException, InterruptedException {
        Path promtool = InstalledPrograms.require("promtool");
        Process process = new ProcessBuilder(
                        promtool.toString(),
                        "check",
                        "config",
                        "--syntax-only",
                        Manifests.DOCKER.resolve("prometheus.yaml").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void programsAreStartedWithOptionsTheyHave() {
        CommandLines.check(substituted(Manifests.texts(service("generator").path("command"))));
        for (JsonNode jobManager : List.of(
                service("jobmanager"),
                Manifests.one(Manifests.DOCKER.resolve("restore.yaml")).at("/services/jobmanager"))) {
            List<String> command = substituted(Manifests.texts(jobManager.path("command")));
            assertThat(command).startsWith("standalone-job", "--job-classname", TrainApplication.class.getName());
            List<String> arguments = new ArrayList<>(List.of("train"));
            arguments.addAll(command.subList(command.indexOf("--policy"), command.size()));
            CommandLines.check(arguments);
        }
        // The shell line of the base policy.
        CommandLines.check(List.of("warm-up", "/policy/base"));
    }

    /** Variables with the defaults that they have there. */
    private static List<String> substituted(List<String> texts) {
        return texts.stream()
                .map(text -> text.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1").replaceAll("\\$\\{\\w+:\\?[^}]*}", "given"))
                .toList();
    }

    @Test
    void flinkKnowsEveryKeyOfItsConfiguration() {
        Map<String, String> image =
                KubernetesAgreementTest.texts(Manifests.one(Manifests.DOCKER.resolve("flink-conf/config.yaml")));
        List<String> keys = new ArrayList<>(image.keySet());
        substituted(List.of(service("taskmanager")
                        .at("/environment/FLINK_PROPERTIES")
                        .asText()))
                .get(0)
                .lines()
                .forEach(line -> keys.add(line.substring(0, line.indexOf(':'))));

        assertThat(FlinkKeys.unknown(keys)).isEmpty();
        Configuration quick = new Configuration();
        FlinkConfiguration.quickRecovery(quick);
        Configuration ofImage = new Configuration();
        image.forEach(ofImage::setString);
        for (var option : List.of(
                HeartbeatManagerOptions.HEARTBEAT_INTERVAL,
                HeartbeatManagerOptions.HEARTBEAT_TIMEOUT,
                HeartbeatManagerOptions.HEARTBEAT_RPC_FAILURE_THRESHOLD)) {
            assertThat(ofImage.get(option)).as(option.key()).isEqualTo(quick.get(option));
        }
    }

    @Test
    void whatBelongsToTheJobIsNotInTheImage() {
        FlinkSettings defaults = TramontaneConfig.loader().load().flink();
        Map<String, String> image =
                KubernetesAgreementTest.texts(Manifests.one(Manifests.DOCKER.resolve("flink-conf/config.yaml")));

        assertThat(image)
                .doesNotContainKeys(
                        FlinkConfiguration.ofJob(defaults).toMap().keySet().toArray(String[]::new));
    }

    @Test
    void whatTheDockerfileCopiesIsThere() throws IOException {
        String dockerfile = dockerfile();
        Set<String> stages = new TreeSet<>();
        Map<String, String> users = new HashMap<>();
        String stage = "";
        for (String line : dockerfile.replace("\\\n", " ").lines().toList()) {
            String[] words = line.split("\\s+");
            if (words[0].equals("FROM")) {
                assertThat(words[1])
                        .as("a pinned image or a stage")
                        .matches(image -> stages.contains(image)
                                || image.matches(".+:.*\\d.*")
                                || image.contains("${FLINK_VERSION}"));
                stage = words[3];
                stages.add(stage);
            } else if (words[0].equals("USER")) {
                users.put(stage, words[1]);
            } else if (words[0].equals("COPY") && !line.contains("--from=")) {
                for (int i = 1; i < words.length - 1; i++) {
                    if (!words[i].startsWith("--")) {
                        assertThat(Manifests.ROOT.resolve(words[i])).exists();
                    }
                }
            } else if (line.contains("--from=")) {
                assertThat(stages).contains(line.replaceAll(".*--from=(\\S+).*", "$1"));
            }
        }
        assertThat(users).containsEntry("job", "9999:9999").containsEntry("generator", "9999:9999");
        assertThat(users).containsEntry("job-with-compilers", "9999:9999");
        for (String target : List.of("job", "generator")) {
            assertThat(stages).contains(target);
            assertThat(COMPOSE.findValuesAsText("target")).contains(target);
        }
    }

    private static String dockerfile() throws IOException {
        return Files.readString(Manifests.DOCKER.resolve("Dockerfile"));
    }
}
