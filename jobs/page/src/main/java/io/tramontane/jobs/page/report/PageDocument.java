package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.page.web.PageFiles;
import java.util.List;

/**
 * A page of texts, tables and charts, one below the other; all texts are plain. It is drawn by the scripts of the run
 * page and loads nothing from anywhere.
 */
public final class PageDocument {

    private final String title;
    private final ArrayNode blocks = Json.array();

    /** @param title its heading */
    public PageDocument(String title) {
        this.title = title;
    }

    public PageDocument heading(String text) {
        return text("heading", text);
    }

    public PageDocument subheading(String text) {
        return text("subheading", text);
    }

    public PageDocument paragraph(String text) {
        return text("paragraph", text);
    }

    /** Text whose spaces and lines stay as they are. */
    public PageDocument preformatted(String text) {
        return text("preformatted", text);
    }

    /** @param rows each as long as the head */
    public PageDocument table(List<String> head, List<List<String>> rows) {
        ObjectNode block = blocks.addObject().put("kind", "table");
        block.set("head", Json.tree(head));
        block.set("rows", Json.tree(rows));
        return this;
    }

    /** Charts side by side. */
    public PageDocument charts(List<Chart> charts) {
        blocks.addObject().put("kind", "charts").set("charts", Json.tree(charts));
        return this;
    }

    private PageDocument text(String kind, String text) {
        blocks.addObject().put("kind", kind).put("text", text);
        return this;
    }

    /** The whole page. */
    public String html() {
        ObjectNode data = Json.object().put("title", title);
        data.set("blocks", blocks);
        return SealedPage.of(PageFiles.text("document.html"), title, data);
    }
}
