package io.tramontane.tests.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.jobs.page.web.PageSettings;
import io.tramontane.kafka.KafkaSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Asks the page's server as the page does. */
final class PageClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PageSettings SETTINGS = new PageSettings(true, "127.0.0.1", 0, List.of());

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    PageClient(URI address) {
        this.address = address;
    }

    static Dashboard serve(KafkaSettings kafka, String runId) {
        return Dashboard.start(
                SETTINGS,
                new RunFacts(
                        runId,
                        40,
                        kafka,
                        Optional.empty(),
                        "run:\n  seed: 7\n",
                        Optional.empty(),
                        RunFacts.NOTHING_MEASURED,
                        Optional.empty()));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The cause the page names; empty before its first look. */
    String cause() throws IOException, InterruptedException {
        return get("/api/pipeline").at("/findings/0/cause").asText();
    }

    String sentence() throws IOException, InterruptedException {
        return get("/api/pipeline").at("/findings/0/sentence").asText();
    }
}
