package io.tramontane.jobs.commands.documentation;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.OperatorState;

/** The operators of the jobs with their uids and states, as a table inside the runbook. */
public final class OperatorTable {

    private static final String BEGIN = "<!-- operators: generated from OperatorIdentity by './tramontane docs' -->\n";
    private static final String END = "<!-- operators: end -->";

    private OperatorTable() {}

    /**
     * The document with the table up to date.
     *
     * @param document text that holds the two comments between which the table stands
     * @throws IllegalArgumentException when it does not
     */
    public static String within(String document) {
        return GeneratedPart.between(BEGIN, END, document, markdown());
    }

    private static String markdown() {
        StringBuilder markdown = new StringBuilder("| uid | operator | state | holds | divided | may be rescaled |\n");
        markdown.append("|---|---|---|---|---|---|\n");
        for (OperatorIdentity operator : OperatorIdentity.values()) {
            if (operator.states().isEmpty()) {
                markdown.append(row(operator.uid(), operator.title(), "", "", "", ""));
            }
            String uid = operator.uid();
            String title = operator.title();
            for (OperatorState state : operator.states()) {
                markdown.append(row(
                        uid,
                        title,
                        "`" + state.name() + "`",
                        state.type(),
                        state.spread().label(),
                        state.spread().rescalable() ? "yes" : "no"));
                uid = "";
                title = "";
            }
        }
        return markdown.toString();
    }

    private static String row(String uid, String title, String state, String type, String divided, String rescalable) {
        String name = uid.isEmpty() ? "" : "`" + uid + "`";
        return "| " + String.join(" | ", name, title, state, type, divided, rescalable) + " |\n";
    }
}
