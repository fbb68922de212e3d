package io.tramontane.jobs.lab.watching;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Somebody who has the run page open and reads completions in it, and a Prometheus that collects metrics, until it is
 * closed: the page's event stream is read as a browser does, every two seconds another part of the list of groups is
 * asked for, one of its groups opened, every tenth time a text searched for, and every fifteen seconds each endpoint is
 * scraped, as {@code infra/prometheus} does.
 */
public final class Watcher implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int LOOKS_A_SEARCH = 10;
    /** Nobody reads a group of completions faster. */
    private static final long LOOK_SECONDS = 2;

    private static final long SCRAPE_SECONDS = 15;
    private static final List<String> FILTERS = List.of("", "&mark=RIGHT", "&mark=WRONG_LANGUAGE", "&mark=TRUNCATED");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI page;
    private final List<URI> endpoints;
    private final ScheduledExecutorService threads;
    private final Thread stream;
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong scrapes = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * How often it looked, so that a measurement is not of a watcher who saw nothing.
     *
     * @param looks at the list of groups, with one of them opened
     * @param events of the page's stream
     * @param scrapes of metrics
     */
    public record Looks(long looks, long events, long scrapes) {

        Looks since(Looks before) {
            return new Looks(looks - before.looks, events - before.events, scrapes - before.scrapes);
        }
    }

    private Watcher(URI page, List<URI> endpoints) {
        this.page = page;
        this.endpoints = endpoints;
        this.threads = Executors.newScheduledThreadPool(2, task -> daemon(task, "watcher"));
        this.stream = daemon(this::readEvents, "watcher-events");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to watch. */
    static Watcher start(URI page, List<URI> endpoints) {
        Watcher watcher = new Watcher(page, endpoints);
        watcher.stream.start();
        watcher.threads.scheduleWithFixedDelay(watcher.guarded(watcher::look), 0, LOOK_SECONDS, TimeUnit.SECONDS);
        watcher.threads.scheduleAtFixedRate(
                watcher.guarded(watcher::scrape), SCRAPE_SECONDS / 2, SCRAPE_SECONDS, TimeUnit.SECONDS);
        return watcher;
    }

    /** A part of a watcher's work that may fail. */
    @FunctionalInterface
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private Runnable guarded(Part part) {
        return () -> {
            try {
                part.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    failure.compareAndSet(null, e);
                }
            }
        };
    }

    private void look() throws IOException, InterruptedException {
        long look = looks.getAndIncrement();
        String filter = FILTERS.get((int) (look % FILTERS.size()));
        JsonNode rows =
                Json.parse(get(page.resolve("/api/rollouts?limit=25" + filter))).get("rows");
        if (!rows.isEmpty()) {
            JsonNode row = rows.get((int) (look % rows.size()));
            get(page.resolve("/api/group?id=" + row.get("number").asInt()));
        }
        if (look % LOOKS_A_SEARCH == 0) {
            get(page.resolve("/api/rollouts?limit=25&text=answer"));
        }
    }

    private void scrape() throws IOException, InterruptedException {
        for (URI endpoint : endpoints) {
            get(endpoint);
            scrapes.incrementAndGet();
        }
    }

    private byte[] get(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private void readEvents() {
        guarded(() -> {
                    HttpResponse<InputStream> answer = client.send(
                            HttpRequest.newBuilder(page.resolve("/api/events")).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
                    byte[] buffer = new byte[1 << 16];
                    try (InputStream body = answer.body()) {
                        for (int read = body.read(buffer); read >= 0 && !closed; read = body.read(buffer)) {
                            events.incrementAndGet();
                        }
                    }
                })
                .run();
    }

    /**
     * What it has seen so far.
     *
     * @throws IOException when something was not answered
     */
    Looks seen() throws IOException {
        if (failure.get() != null) {
            throw new IOException("a watcher was not answered: " + failure.get().getMessage(), failure.get());
        }
        return new Looks(looks.get(), events.get(), scrapes.get());
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        stream.interrupt();
        try {
            stream.join();
            threads.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
