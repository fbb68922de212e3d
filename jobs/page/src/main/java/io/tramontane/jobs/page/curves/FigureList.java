package io.tramontane.jobs.page.curves;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.pipeline.figures.StepFigure.Section;
import java.util.EnumMap;
import java.util.Map;

/** What the page receives about the figures of a step: their headings, titles and how their numbers are shown. */
public final class FigureList {

    private FigureList() {}

    /** An array of {@code {"title", "figures": [{"name", "title", "note", "meaning", "factor", "decimals"}]}}. */
    public static ArrayNode json() {
        ArrayNode sections = Json.array();
        Map<Section, ArrayNode> figures = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            ObjectNode node = sections.addObject().put("title", section.title());
            figures.put(section, node.putArray("figures"));
        }
        for (StepFigure figure : StepFigure.values()) {
            StepFigure.Display display = figure.display();
            figures.get(display.section())
                    .addObject()
                    .put("name", figure.key())
                    .put("title", display.title())
                    .put("note", display.note())
                    .put("meaning", figure.meaning() + " (" + figure.over().words() + ")")
                    .put("factor", display.factor())
                    .put("decimals", display.decimals());
        }
        return sections;
    }
}
