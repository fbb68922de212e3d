package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * A line chart of one figure on a {@link PageDocument}: each value thin, the moving average bold, and dashed the moving
 * average of what it is compared with.
 *
 * @param title what is shown
 * @param note its unit and meaning, a few words
 * @param decimals of values
 * @param points in their order, at least one
 * @param reference what they are compared with; may be empty
 * @param unit what the points are counted in, "step" for example
 * @param marks where something happened; may be empty
 */
public record Chart(
        String title,
        String note,
        int decimals,
        List<Point> points,
        List<Point> reference,
        String unit,
        List<Mark> marks) {

    /** Something that happened, named when the pointer is there. */
    public record Mark(double place, String label) {}

    /** One value. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Point(double place, double value) {}

    public Chart {
        points = List.copyOf(points);
        reference = List.copyOf(reference);
        marks = List.copyOf(marks);
    }

    /** A chart over steps. */
    public Chart(String title, String note, int decimals, List<Point> points, List<Point> reference) {
        this(title, note, decimals, points, reference, "step", List.of());
    }
}
