package io.tramontane.jobs.page.report;

import io.tramontane.jobs.kernel.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The page about a run, which is the run page frozen: base against trained policy, the curves, some completions, the
 * configuration. One file that loads nothing from anywhere.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Writes {@code report.html} into a run's folder, from the files that are in it; those of an unfinished run give a
     * page without results.
     *
     * @return the page's path
     * @throws IOException when the folder is not a run's, or cannot be written
     */
    public static Path write(Path runDirectory) throws IOException {
        String page = FrozenPage.of(RunFiles.read(runDirectory));
        Path report = runDirectory.resolve("report.html");
        AtomicFile.write(report, page);
        return report;
    }

    /**
     * A whole page with our style and script in it, which loads nothing from anywhere.
     *
     * @param title its heading, as plain text
     * @param body HTML below the heading
     */
    public static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>Tramontane: " + Html.escape(title) + "</title>\n<style>\n" + resource("report.css")
                + "</style>\n</head>\n<body>\n<h1>" + Html.escape(title) + "</h1>\n" + body + "<script>\n"
                + resource("report.js") + "</script>\n</body>\n</html>\n";
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
