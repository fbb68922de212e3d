package io.tramontane.jobs.page.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.PipelinePart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Asks Flink's REST interface how the operators of a run's job are doing.
 *
 * <p>Used by one thread.
 */
final class FlinkObserver {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Which metrics there are changes when the first completion of a verifier is graded, and with a restart. */
    private static final long NAMES_LAST_NANOS = Duration.ofSeconds(10).toNanos();

    private static final String IN = "numRecordsIn";
    private static final String OUT = "numRecordsOut";
    private static final String BUSY = "busyTimeMsPerSecond";
    private static final String BACKPRESSURED = "backPressuredTimeMsPerSecond";
    private static final double MILLIS_A_SECOND = 1000;

    /** The parts of the diagram; nothing else is asked for, because a run pays for every answer. */
    private static final Set<String> TITLES = Stream.of(PipelinePart.values())
            .flatMap(part -> part.operator().stream())
            .map(OperatorIdentity::title)
            .collect(Collectors.toUnmodifiableSet());

    /** Flink refuses addresses of more than 4 KB. */
    private static final int NAMES_A_REQUEST = 30;

    /** What the page shows or draws conclusions from. */
    private static final Pattern OF_INTEREST = Pattern.compile(
            Stream.concat(Stream.of(IN, OUT), Stream.of(PipelinePart.values()).map(PipelinePart::gauges))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining("|")));

    private final URI address;
    private final String runId;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<String, Rate> rates = new HashMap<>();
    private String jobId = "";
    private List<Vertex> vertices = List.of();
    private long namesKnownAtNanos;

    /** A task: operators chained together. */
    private record Vertex(String id, Set<String> metrics, Set<String> operators) {}

    /** @param address of the REST interface, as of the web UI */
    FlinkObserver(URI address, String runId) {
        this.address = address;
        this.runId = runId;
    }

    /** How the newest job of the run is doing; empty when Flink does not answer or knows no such job. */
    Optional<FlinkLoad> read() throws InterruptedException {
        try {
            Optional<JsonNode> job = newestJob();
            if (job.isEmpty()) {
                return Optional.empty();
            }
            learnNames(job.get().get("jid").asText());
            Map<String, OperatorLoad> operators = new HashMap<>();
            for (Vertex vertex : vertices) {
                read(vertex, operators);
            }
            return Optional.of(new FlinkLoad(job.get().get("state").asText(), operators));
        } catch (IOException notReachable) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> newestJob() throws IOException, InterruptedException {
        return StreamSupport.stream(get("/jobs/overview").path("jobs").spliterator(), false)
                .filter(job -> job.path("name").asText().endsWith(" " + runId))
                .max((one, other) -> Long.compare(
                        one.path("start-time").asLong(),
                        other.path("start-time").asLong()));
    }

    private void learnNames(String newest) throws IOException, InterruptedException {
        boolean stale = System.nanoTime() - namesKnownAtNanos > NAMES_LAST_NANOS;
        // An operator that starts has no metrics for a moment.
        boolean incomplete = !vertices.stream()
                .flatMap(vertex -> vertex.operators().stream())
                .collect(Collectors.toSet())
                .containsAll(TITLES);
        if (newest.equals(jobId) && !stale && !incomplete) {
            return;
        }
        List<Vertex> known = new ArrayList<>();
        for (JsonNode vertex : get("/jobs/" + newest).path("vertices")) {
            String parts = vertex.get("name").asText();
            if (TITLES.stream().noneMatch(parts::contains)) {
                continue;
            }
            String id = vertex.get("id").asText();
            Set<String> metrics = new TreeSet<>();
            Set<String> operators = new TreeSet<>();
            for (JsonNode metric : get(metricsOf(newest, id))) {
                String name = metric.get("id").asText();
                operatorOf(name).ifPresent(title -> {
                    operators.add(title);
                    if (OF_INTEREST.matcher(name.substring(title.length() + 1)).matches()) {
                        metrics.add(name);
                    }
                });
            }
            known.add(new Vertex(id, metrics, operators));
        }
        jobId = newest;
        vertices = known;
        namesKnownAtNanos = System.nanoTime();
    }

    private static String metricsOf(String job, String vertex) {
        return "/jobs/" + job + "/vertices/" + vertex + "/subtasks/metrics";
    }

    /** Flink writes a metric of an operator as title.name, with what is no letter or digit as an underscore. */
    private static Optional<String> operatorOf(String metric) {
        return TITLES.stream()
                .filter(title -> metric.startsWith(title.replace(' ', '_') + "."))
                .findFirst();
    }

    private void read(Vertex vertex, Map<String, OperatorLoad> operators) throws IOException, InterruptedException {
        if (vertex.metrics().isEmpty()) {
            return;
        }
        List<String> names = Stream.concat(Stream.of(BUSY, BACKPRESSURED), vertex.metrics().stream())
                .map(name -> java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8))
                .toList();
        Map<String, JsonNode> values = new HashMap<>();
        for (int from = 0; from < names.size(); from += NAMES_A_REQUEST) {
            List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_A_REQUEST));
            for (JsonNode metric : get(metricsOf(jobId, vertex.id()) + "?get=" + String.join(",", some))) {
                values.put(metric.get("id").asText(), metric);
            }
        }
        double busy = maximum(values, BUSY) / MILLIS_A_SECOND;
        double backpressured = maximum(values, BACKPRESSURED) / MILLIS_A_SECOND;
        for (String operator : vertex.operators()) {
            String prefix = operator.replace(' ', '_') + ".";
            Map<String, Double> figures = new HashMap<>();
            values.forEach((name, value) -> {
                if (name.startsWith(prefix)) {
                    figures.put(
                            name.substring(prefix.length()), value.path("sum").asDouble(Double.NaN));
                }
            });
            operators.put(operator, new OperatorLoad(rate(operator, figures.get(IN)), busy, backpressured, figures));
        }
    }

    /** Flink's own rates are averages of a minute. */
    private double rate(String operator, Double count) {
        return count == null
                ? Double.NaN
                : rates.computeIfAbsent(operator, added -> new Rate()).look(count, System.nanoTime());
    }

    private static double maximum(Map<String, JsonNode> values, String name) {
        JsonNode value = values.get(name);
        return value == null ? Double.NaN : value.path("max").asDouble(Double.NaN);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + response.statusCode());
        }
        return Json.parse(response.body());
    }
}
