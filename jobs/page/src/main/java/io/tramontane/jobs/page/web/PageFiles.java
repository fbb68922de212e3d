package io.tramontane.jobs.page.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files the page is made of, all on the class path: it works without a network. */
public final class PageFiles {

    private static final String CURVES_LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** In the order in which they are loaded. */
    private static final List<String> SCRIPTS = List.of(
            "uPlot.iife.min.js",
            "numbers.js",
            "dom.js",
            "plot.js",
            "data.js",
            "curves.js",
            "heldout.js",
            "diagram.js",
            "rollouts.js",
            "page.js");

    private static final List<String> STYLES = List.of("uPlot.min.css", "page.css");
    private static final String SHELL = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8");

    private PageFiles() {}

    /** Every file with the path under which it is asked for; only these are ever served. */
    static Map<String, Answer> byPath() {
        Map<String, Answer> files = new TreeMap<>();
        SCRIPTS.forEach(name -> files.put("/" + name, file(name)));
        STYLES.forEach(name -> files.put("/" + name, file(name)));
        files.put("/", file(SHELL));
        return files;
    }

    private static Answer file(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return new Answer(200, TYPES.get(extension), text(name).getBytes(StandardCharsets.UTF_8));
    }

    /** The run page's markup. */
    public static String shell() {
        return text(SHELL);
    }

    /** One of the page's files, by its name. */
    public static String text(String name) {
        return read("/io/tramontane/jobs/page/dashboard/" + name)
                .or(() -> read(CURVES_LIBRARY + name))
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + name));
    }

    private static Optional<String> read(String path) {
        try (InputStream stream = PageFiles.class.getResourceAsStream(path)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
