package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.page.web.PageFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page with all it shows written into it: one file that loads nothing from anywhere and may be opened from a disk,
 * sent by mail, or kept. What is shown is data, which the page's own scripts turn into text.
 */
final class SealedPage {

    private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\"></script>\n");
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">\n");

    private SealedPage() {}

    /**
     * @param markup a page that names its scripts and styles
     * @param title plain text
     * @param data what the scripts find in the element {@code frozen}
     */
    static String of(String markup, String title, JsonNode data) {
        String scripts = files(SCRIPT, markup);
        String styles = files(STYLE, markup);
        // What a model wrote cannot run anything: only these very scripts may.
        String policy = "default-src 'none'; script-src '" + hash(scripts) + "'; style-src '" + hash(styles)
                + "'; img-src data:; base-uri 'none'; form-action 'none'";
        // Inside a script element only "<" could end it.
        String frozen = Json.ascii(data).replace("<", "\\u003c");
        return STYLE.matcher(SCRIPT.matcher(markup).replaceAll(""))
                .replaceAll("")
                .replace(
                        "<title>Tramontane</title>",
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy
                                + "\">\n<title>Tramontane: " + Html.escape(title) + "</title>\n<style>" + styles
                                + "</style>")
                .replace(
                        "</body>",
                        "<script type=\"application/json\" id=\"frozen\">" + frozen + "</script>\n<script>" + scripts
                                + "</script>\n</body>");
    }

    private static String files(Pattern named, String markup) {
        return named.matcher(markup)
                .results()
                .map(file -> PageFiles.text(file.group(1)))
                .collect(Collectors.joining("\n", "\n", ""));
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
