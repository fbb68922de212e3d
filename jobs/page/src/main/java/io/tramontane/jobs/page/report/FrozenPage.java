package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.page.curves.FigureList;
import io.tramontane.jobs.page.curves.StepLog;
import io.tramontane.jobs.page.web.PageFiles;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The run page with all that is in a run's folder. */
final class FrozenPage {

    private static final int MOST_POINTS = 2_000;
    /** Fields of a line of metrics that are no figures of the step. */
    private static final Set<String> NO_FIGURES = Set.of("step", "elapsedSeconds", "incarnation");

    private FrozenPage() {}

    static String of(RunFiles run) {
        return SealedPage.of(PageFiles.shell(), "Run " + run.id(), data(run));
    }

    private static ObjectNode data(RunFiles run) {
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
        return data;
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
