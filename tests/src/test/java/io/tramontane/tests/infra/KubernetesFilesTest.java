package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.tests.process.InstalledPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file for Kubernetes says only what Kubernetes and its operators understand. */
class KubernetesFilesTest {

    @Test
    void everyObjectFitsItsSchema() {
        assertThat(Manifests.objects())
                .hasSizeGreaterThan(25)
                .allSatisfy(object -> assertThat(problems(object))
                        .as("%s", Manifests.nameOf(object))
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/small", "overlays/production"})
    void kustomizeBuildsWhatFitsToo(String folder) throws IOException, InterruptedException {
        List<JsonNode> objects = Manifests.parse(kustomize(Manifests.KUBERNETES.resolve(folder)));

        assertThat(objects).hasSizeGreaterThan(25).allSatisfy(object -> {
            assertThat(problems(object)).as("%s", Manifests.nameOf(object)).isEmpty();
            if (!object.path("kind").asText().equals("Namespace")) {
                assertThat(object.at("/metadata/namespace").asText()).isEqualTo("tramontane");
            }
        });
    }

    @Test
    void aMisspeltFieldIsFound() {
        JsonNode policy = Manifests.objects("NetworkPolicy").get(0).deepCopy();
        ((ObjectNode) policy.path("spec")).put("podSelectors", "all");
        assertThat(problems(policy)).isNotEmpty();

        JsonNode flink = Manifests.objects("FlinkDeployment").get(0).deepCopy();
        ((ObjectNode) flink.path("spec").path("job")).put("upgradeMode", "whenever");
        assertThat(problems(flink)).isNotEmpty();

        JsonNode user = Manifests.objects("KafkaUser").get(0).deepCopy();
        ((ObjectNode) user.at("/spec/authorization/acls/0")).put("operation", "Read");
        assertThat(problems(user)).isNotEmpty();

        JsonNode deployment = Manifests.objects("Deployment").get(0).deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec/securityContext")).put("runAsUser", "root");
        assertThat(problems(deployment)).isNotEmpty();
    }

    static List<String> problems(JsonNode object) {
        String type =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        if (Schemas.knows(type)) {
            return Schemas.problems(type, object);
        }
        if (KubernetesModels.knows(type)) {
            return KubernetesModels.problem(type, object).stream().toList();
        }
        return List.of("there is no schema for " + type);
    }

    private static String kustomize(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(InstalledPrograms.require("kubectl").toString(), "kustomize", folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
