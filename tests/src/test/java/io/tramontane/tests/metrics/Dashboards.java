package io.tramontane.tests.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The dashboards that are shipped. */
final class Dashboards {

    /** Tests run in the folder of their module. */
    private static final Path FOLDER = Path.of("..", "infra", "grafana");

    private Dashboards() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> dashboards =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(dashboards).isNotEmpty();
            return dashboards;
        }
    }

    /** The expressions of each panel and of what a dashboard chooses from, by its title. */
    static Map<String, List<String>> expressions(Path dashboard) throws IOException {
        JsonNode root = new ObjectMapper().readTree(dashboard.toFile());
        Map<String, List<String>> panels = new LinkedHashMap<>();
        for (JsonNode panel : root.required("panels")) {
            if (!panel.required("type").asText().equals("row")) {
                panels.put(
                        panel.required("id").asInt() + " "
                                + panel.required("title").asText(),
                        StreamSupport.stream(panel.required("targets").spliterator(), false)
                                .map(target -> target.required("expr").asText())
                                .toList());
            }
        }
        for (JsonNode annotation : root.required("annotations").required("list")) {
            panels.put(
                    annotation.required("name").asText(),
                    List.of(annotation.required("expr").asText()));
        }
        return panels;
    }
}
