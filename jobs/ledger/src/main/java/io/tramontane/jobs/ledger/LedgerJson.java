package io.tramontane.jobs.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A ledger's report as a JSON object for programs. */
public final class LedgerJson {

    private LedgerJson() {}

    /** @param lengthThreshold shift of the lengths above which a part is said to part, in [0, 1] */
    public static String of(LedgerReport report, double lengthThreshold) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("run", report.runId());
        node.put("clean", report.clean());
        node.put("closed", report.closed());
        node.put("steps", report.training().steps());
        node.put("incarnations", report.training().incarnations());
        node.put("comparedVersions", report.training().comparedVersions());
        node.put("groups", report.groups());
        node.put("deliveries", report.deliveries().all());
        node.put("completions", report.completions());
        node.put("duplicates", report.deliveries().duplicates());
        node.put("unreadable", report.deliveries().unreadable());
        node.put("pendingUnreadable", report.deliveries().pendingUnreadable());
        node.put("deadLettersElsewhere", report.deliveries().deadLettersElsewhere());
        node.put("undoneOutcomes", report.training().undoneOutcomes());
        report.oldestOpen().ifPresent(at -> node.put("oldestOpenAt", at));
        node.put("seconds", report.seconds());
        states(node.putObject("states"), report);
        comparisons(node.putArray("lengths"), report, lengthThreshold);
        ObjectNode counts = node.putObject("violationCounts");
        report.violations().counts().forEach((kind, count) -> counts.put(kind.name(), count));
        ArrayNode violations = node.putArray("violations");
        report.violations()
                .first()
                .forEach(violation -> violations
                        .addObject()
                        .put("kind", violation.kind().name())
                        .put("subject", violation.subject())
                        .put("detail", violation.detail()));
        return node.toPrettyString();
    }

    private static void states(ObjectNode node, LedgerReport report) {
        report.states()
                .forEach((state, lengths) -> node.putObject(state.name().toLowerCase(Locale.ROOT))
                        .put("completions", lengths.total())
                        .put("meanTokens", lengths.mean())
                        .put("tokens10", lengths.quantile(0.1))
                        .put("tokens50", lengths.quantile(0.5))
                        .put("tokens90", lengths.quantile(0.9)));
    }

    private static void comparisons(ArrayNode array, LedgerReport report, double threshold) {
        report.comparisons()
                .forEach(comparison -> array.addObject()
                        .put("part", comparison.what())
                        .put("completions", comparison.completions())
                        .put("distance", comparison.distance())
                        .put("probability", comparison.probability())
                        .put("shift", comparison.shift())
                        .put("mechanism", comparison.mechanism())
                        .put("parts", comparison.parts(threshold)));
    }
}
