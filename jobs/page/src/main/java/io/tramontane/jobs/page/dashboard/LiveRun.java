package io.tramontane.jobs.page.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.page.curves.FigureList;
import io.tramontane.jobs.page.curves.StepLog;
import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.jobs.page.pipeline.PartView;
import io.tramontane.jobs.page.pipeline.PipelineView;
import io.tramontane.jobs.page.pipeline.PipelineWatch;
import io.tramontane.jobs.page.rollouts.RolloutIndex;
import io.tramontane.jobs.page.rollouts.RolloutMark;
import io.tramontane.jobs.page.rollouts.RolloutQuery;
import io.tramontane.jobs.page.rollouts.Rollouts;
import io.tramontane.jobs.page.web.PageServer.EventSource;
import io.tramontane.jobs.page.web.Parameters;
import io.tramontane.pipeline.PipelinePart;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the page asks of a run, as JSON. Thread-safe. */
final class LiveRun {

    /** More than a screen has pixels across a curve. */
    private static final int MOST_POINTS = 2_000;

    private static final int MOST_ROWS = 200;
    private static final int USUAL_ROWS = 25;

    private final RunFacts run;
    private final Attention attention;
    private final StepLog steps;
    private final PipelineWatch pipeline;
    private final Rollouts rollouts;

    LiveRun(RunFacts run, Attention attention, StepLog steps, PipelineWatch pipeline, Rollouts rollouts) {
        this.run = run;
        this.attention = attention;
        this.steps = steps;
        this.pipeline = pipeline;
        this.rollouts = rollouts;
    }

    /** The questions by path. */
    Map<String, Function<Parameters, Object>> questions() {
        return Map.of(
                "/api/run", attended(parameters -> about()),
                "/api/steps",
                        attended(parameters ->
                                steps.since(parameters.number("after").orElse(0), MOST_POINTS)),
                "/api/pipeline", attended(parameters -> pipeline(pipeline.view())),
                "/api/rollouts", attended(this::list),
                "/api/group",
                        attended(parameters -> rollouts.group(parameters
                                        .text("id")
                                        .orElseThrow(() -> new IllegalArgumentException("id is missing")))
                                .orElse(null)));
    }

    private Function<Parameters, Object> attended(Function<Parameters, Object> question) {
        return parameters -> {
            attention.pay();
            return question.apply(parameters);
        };
    }

    /** Each event has the steps since the one before, the pipeline, and how far the index is. */
    EventSource events(Parameters parameters) {
        long[] after = {parameters.number("after").orElse(0)};
        return () -> {
            attention.pay();
            ObjectNode event = Json.object();
            event.set("steps", steps.since(after[0], MOST_POINTS));
            event.set("heldOut", run.heldOut().get());
            event.set("pipeline", pipeline(pipeline.view()));
            event.set("rollouts", totals());
            after[0] = Math.max(after[0], steps.newest());
            return Json.line(event);
        };
    }

    private ObjectNode about() {
        ObjectNode about = Json.object();
        about.put("id", run.runId());
        about.put("steps", run.steps());
        about.put("configuration", run.configuration());
        run.fork().ifPresent(fork -> about.put("fork", fork));
        about.set("figures", FigureList.json());
        about.set("parts", parts());
        about.put("flink", run.flink().map(Object::toString).orElse(""));
        return about;
    }

    private static ArrayNode parts() {
        ArrayNode parts = Json.array();
        for (PipelinePart part : PipelinePart.values()) {
            parts.addObject()
                    .put("id", part.id())
                    .put("title", part.title())
                    .put("topic", part.kind() == PipelinePart.Kind.TOPIC)
                    .put("wayBack", part.onTheWayBack())
                    .put("next", part.next().id());
        }
        return parts;
    }

    private static ObjectNode pipeline(PipelineView view) {
        ObjectNode node = Json.object();
        node.put("at", view.at());
        node.put("flink", view.flink());
        ArrayNode findings = node.putArray("findings");
        view.findings().forEach(finding -> {
            ObjectNode found = findings.addObject();
            found.put("cause", finding.cause().name());
            found.put("severity", finding.cause().severity().name());
            found.put("part", finding.cause().part().id());
            found.put("sentence", finding.sentence());
            found.put("advice", finding.advice());
            found.put("metric", finding.metric());
        });
        ArrayNode parts = node.putArray("parts");
        view.parts().forEach(part -> parts.add(part(part)));
        node.set("recent", Json.tree(view.recent()));
        return node;
    }

    private static ObjectNode part(PartView part) {
        ObjectNode node = Json.object();
        node.put("id", part.id());
        put(node, "rate", part.rate());
        node.put("rateUnit", part.rateUnit());
        put(node, "queue", part.queue());
        node.put("queueUnit", part.queueUnit());
        put(node, "busy", part.busy());
        put(node, "backpressured", part.backpressured());
        return node;
    }

    private static void put(ObjectNode node, String name, double value) {
        node.put(name, Double.isFinite(value) ? (Double) value : null);
    }

    private ObjectNode totals() {
        RolloutIndex.Totals totals = rollouts.totals();
        ObjectNode node = Json.tree(totals);
        node.put("upToDate", rollouts.upToDate());
        return node;
    }

    private Object list(Parameters parameters) {
        RolloutQuery query = new RolloutQuery(
                marks(parameters.all("mark")),
                parameters.number("step"),
                parameters.text("language"),
                parameters.text("text").orElse(""),
                parameters.number("before"),
                (int) Math.max(1, Math.min(MOST_ROWS, parameters.number("limit").orElse(USUAL_ROWS))));
        Rollouts.Page page = rollouts.page(query);
        int[] counts = rollouts.count(query);
        ObjectNode node = Json.object();
        node.set("rows", Json.tree(page.rows()));
        node.put("next", page.next().isPresent() ? (Long) page.next().getAsLong() : null);
        node.put("searched", page.searched());
        node.put("groups", counts[0]);
        node.put("completions", counts[1]);
        return node;
    }

    private static Set<RolloutMark> marks(Collection<String> names) {
        Set<RolloutMark> marks = EnumSet.noneOf(RolloutMark.class);
        names.forEach(name -> marks.add(RolloutMark.valueOf(name.toUpperCase(Locale.ROOT))));
        return marks;
    }
}
