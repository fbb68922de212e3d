package io.tramontane.tests.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Prometheus itself, with our rules, on one endpoint. */
final class PrometheusServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("..", "infra", "prometheus");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;

    /**
     * Starts it with the shipped configuration, except for the targets and how often it looks.
     *
     * @param target port on this machine
     * @param folder for its data
     */
    PrometheusServer(int target, int port, Path folder) throws IOException {
        String configuration = Files.readString(SHIPPED.resolve("prometheus.yaml"))
                .replaceAll("(?m)^ +- 127.0.0.1:9250\\n", "          - 127.0.0.1:" + target + "\n")
                .replaceAll("(?m)^ +- 127.0.0.1:925\\d\\n", "")
                .replace("interval: 15s", "interval: 500ms");
        Files.writeString(folder.resolve("prometheus.yaml"), configuration);
        Files.copy(SHIPPED.resolve("tramontane.rules.yaml"), folder.resolve("tramontane.rules.yaml"));
        address = URI.create("http://127.0.0.1:" + port);
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("prometheus.log").toFile()))
                .start();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(read("/api/v1/targets").findValuesAsText("health"))
                        .as(() -> log(folder))
                        .containsExactly("up"));
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("prometheus.log"));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private JsonNode read(String path) throws IOException {
        try (InputStream in = address.resolve(path).toURL().openStream()) {
            return JSON.readTree(in);
        }
    }

    /** The result of an expression, one element a series; fails where it cannot be computed. */
    JsonNode query(String expression) throws IOException {
        JsonNode answer = read("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer.required("status").asText()).as(expression).isEqualTo("success");
        return answer.required("data").required("result");
    }

    /** Of every rule whether its last evaluation went well: ok, or unknown before there was one. */
    Stream<String> ruleHealth() throws IOException {
        return read("/api/v1/rules").findValuesAsText("health").stream();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
