package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.page.curves.FigureList;
import io.tramontane.jobs.page.curves.StepLog;
import io.tramontane.jobs.page.web.PageFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The run page with all it shows written into it: one file that loads nothing from anywhere and may be opened from a
 * disk, sent by mail, or kept.
 */
final class FrozenPage {

    private static final int MOST_POINTS = 2_000;
    /** Fields of a line of metrics that are no figures of the step. */
    private static final Set<String> NO_FIGURES = Set.of("step", "elapsedSeconds", "incarnation");

    private FrozenPage() {}

    static String of(RunFiles run) {
        String scripts = "\n" + PageFiles.scripts();
        String styles = "\n" + PageFiles.styles();
        // What a model wrote cannot run anything: only these very scripts may.
        String policy = "default-src 'none'; script-src '" + hash(scripts) + "'; style-src '" + hash(styles)
                + "'; img-src data:; base-uri 'none'; form-action 'none'";
        return PageFiles.shell()
                .replaceAll("<link rel=\"stylesheet\"[^>]*>\n", "")
                .replaceAll("<script src=[^>]*></script>\n", "")
                .replace(
                        "<title>Tramontane</title>",
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy
                                + "\">\n<title>Tramontane: Run " + Html.escape(run.id()) + "</title>\n<style>" + styles
                                + "</style>")
                .replace(
                        "</body>",
                        "<script type=\"application/json\" id=\"frozen\">" + data(run) + "</script>\n<script>" + scripts
                                + "</script>\n</body>");
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String data(RunFiles run) {
        ObjectNode data = Json.object();
        ObjectNode about = data.putObject("about");
        about.put("id", run.id());
        about.put("steps", run.summary().map(Summary::steps).orElse(0L));
        about.put("configuration", run.configuration());
        about.set("figures", FigureList.json());
        run.fork().ifPresent(fork -> about.put("fork", fork.toString()));
        run.summary().ifPresent(summary -> about.set("summary", Json.tree(summary)));
        data.set("heldOut", HeldOut.of(run.base(), run.evaluations(), run.summary()));
        data.set("steps", steps(run).since(0, MOST_POINTS));
        data.set("groups", Json.tree(RolloutGroups.of(run.rollouts())));
        // Inside a script element only "<" could end it.
        return Json.ascii(data).replace("<", "\\u003c");
    }

    private static StepLog steps(RunFiles run) {
        StepLog steps = new StepLog();
        for (JsonNode line : run.metrics()) {
            Map<String, Double> figures = new TreeMap<>();
            line.properties().forEach(field -> {
                if (field.getValue().isNumber() && !NO_FIGURES.contains(field.getKey())) {
                    figures.put(field.getKey(), field.getValue().asDouble());
                }
            });
            steps.add(
                    line.path("step").asLong(),
                    Math.round(1e3 * line.path("elapsedSeconds").asDouble()),
                    figures);
        }
        return steps;
    }
}
