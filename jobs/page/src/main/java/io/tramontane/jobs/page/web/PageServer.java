package io.tramontane.jobs.page.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tramontane.kafka.KafkaUnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page's files, answers to questions in JSON, and a stream of events. It only ever reads, has no login, and
 * refuses requests that were not meant for it.
 *
 * <p>Thread-safe.
 */
public final class PageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    /** A stream keeps a thread for as long as a page is open. */
    private static final int MOST_THREADS = 48;

    private static final int MOST_STREAMS = 24;
    private static final long EVENT_MILLIS = 1000;

    /** Scripts and styles from here alone, nothing inline, no frames, no forms, no other hosts. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    static {
        // Else the body of an answer waits for the acknowledgement of its head, which systems delay by 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final PageSettings settings;
    private final HostGuard guard;
    private final Map<String, Answer> files = PageFiles.byPath();
    private final Map<String, Function<Parameters, Object>> questions;
    private final Function<Parameters, EventSource> events;
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean closed;

    /** What a stream of events sends next. */
    @FunctionalInterface
    public interface EventSource {
        /** The next event as JSON on one line. */
        String next();
    }

    private PageServer(
            HttpServer server,
            PageSettings settings,
            Map<String, Function<Parameters, Object>> questions,
            Function<Parameters, EventSource> events) {
        this.server = server;
        this.settings = settings;
        this.guard = new HostGuard(settings.host(), settings.allowedHosts());
        this.questions = Map.copyOf(questions);
        this.events = events;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(0, MOST_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "page-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to serve.
     *
     * @param questions what is answered under which path; null is no such thing, an {@link IllegalArgumentException} a
     *     bad question
     * @param events makes the source of a new stream
     * @throws DashboardException when the port is taken
     */
    public static PageServer start(
            PageSettings settings,
            Map<String, Function<Parameters, Object>> questions,
            Function<Parameters, EventSource> events) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new DashboardException("page.host is no address of this machine: " + settings.host(), null);
        }
        try {
            HttpServer server = HttpServer.create(address, 0);
            PageServer page = new PageServer(server, settings, questions, events);
            server.createContext("/", page::handle);
            server.setExecutor(page.threads);
            server.start();
            return page;
        } catch (IOException e) {
            throw new DashboardException(
                    "the run page cannot be served on " + settings.host() + ":" + settings.port() + ": "
                            + e.getMessage() + " (page.port chooses another port)",
                    e);
        }
    }

    /** Where a browser finds the page. */
    public URI address() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            String path = exchange.getRequestURI().getPath();
            if (!guard.admits(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, Answer.error(421, "not a name of this server; page.allowed-hosts admits more"));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, Answer.error(405, "this server only answers GET"));
            } else if (path.equals("/api/events")) {
                stream(exchange);
            } else {
                send(exchange, answer(exchange, path));
            }
        }
    }

    private Answer answer(HttpExchange exchange, String path) {
        if (!path.startsWith("/api/")) {
            return files.getOrDefault(path, Answer.error(404, "there is no such page"));
        }
        Function<Parameters, Object> question = questions.get(path);
        try {
            Object found = question == null
                    ? null
                    : question.apply(new Parameters(exchange.getRequestURI().getRawQuery()));
            return found == null ? Answer.error(404, "there is no such thing") : Answer.json(found);
        } catch (IllegalArgumentException e) {
            return Answer.error(400, String.valueOf(e.getMessage()));
        } catch (KafkaUnreachableException e) {
            return Answer.error(503, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be answered", exchange.getRequestURI(), e);
            return Answer.error(500, "this cannot be answered; the log says why");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), answer.content().length == 0 ? -1 : answer.content().length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer.content());
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        if (streams.incrementAndGet() > MOST_STREAMS) {
            streams.decrementAndGet();
            send(exchange, Answer.error(503, "too many pages are open"));
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            EventSource source =
                    events.apply(new Parameters(exchange.getRequestURI().getRawQuery()));
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (!closed) {
                body.write(("data: " + source.next() + "\n\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
                body.flush();
                Thread.sleep(EVENT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException theBrowserHasGone) {
            LOG.debug("a page was closed", theBrowserHasGone);
        } finally {
            streams.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.shutdownNow();
    }
}
