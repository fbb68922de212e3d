package io.tramontane.tests.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes what an exporter of OpenTelemetry posts. */
final class TelemetryReceiver implements AutoCloseable {

    private static final int OK = 200;

    private final HttpServer server;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    TelemetryReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        // Protocol buffers: names lie in them as they are.
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        exchange.sendResponseHeaders(OK, -1);
        exchange.close();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics";
    }

    /** Whether something of that name has come. */
    boolean has(String name) {
        return received.stream().anyMatch(body -> body.contains(name));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
