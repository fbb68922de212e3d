package io.tramontane.jobs.page.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A line chart of one figure over the steps, as inline SVG: the figure of each step thin, its moving average bold, and
 * dashed the moving average of what it is compared with.
 *
 * @param title what is shown
 * @param note its unit and meaning, a few words
 * @param format of values, as for {@link String#format}
 * @param points in order of their steps, at least one
 * @param reference what they are compared with; may be empty
 * @param abscissa what the points are counted in, "step" for example
 * @param marks where something happened; may be empty
 */
public record Chart(
        String title,
        String note,
        String format,
        List<Point> points,
        List<Point> reference,
        String abscissa,
        List<Mark> marks) {

    private static final String STEP = "step";

    /** Something that happened, named when the pointer rests on it. */
    public record Mark(double step, String label) {}

    /** One value. */
    public record Point(double step, double value) {}

    private static final int WIDTH = 420;
    private static final int HEIGHT = 180;
    private static final int LEFT = 52;
    private static final int RIGHT = 10;
    private static final int TOP = 8;
    private static final int BOTTOM = 24;
    private static final int TICKS = 4;
    private static final int AVERAGED_STEPS = 9;

    public Chart {
        points = List.copyOf(points);
        reference = List.copyOf(reference);
        marks = List.copyOf(marks);
    }

    /** A chart over steps. */
    public Chart(String title, String note, String format, List<Point> points, List<Point> reference) {
        this(title, note, format, points, reference, STEP, List.of());
    }

    /** A chart of one figure alone. */
    public Chart(String title, String note, String format, List<Point> points) {
        this(title, note, format, points, List.of());
    }

    /** The chart as a figure element. */
    public String html() {
        Axis horizontal = Axis.covering(all().mapToDouble(Point::step), LEFT, WIDTH - RIGHT);
        Axis vertical = Axis.covering(all().mapToDouble(Point::value), HEIGHT - BOTTOM, TOP);
        List<Point> averages = averages(points);
        String last = text(averages.get(averages.size() - 1).value());
        return "<figure><figcaption><b>" + Html.escape(title) + "</b> <span>" + Html.escape(note)
                + "</span><output>" + last + "</output></figcaption>\n"
                + "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\""
                + Html.escape(title + " over the " + abscissa + "s, at the end " + last) + "\" data-points=\""
                + data(horizontal, vertical)
                + "\">\n"
                + grid(horizontal, vertical)
                + marks(horizontal)
                + (reference.isEmpty() ? "" : line("reference", averages(reference), horizontal, vertical))
                + line("raw", points, horizontal, vertical)
                + line("average", averages, horizontal, vertical)
                + "<line class=\"cursor\" y1=\"" + TOP + "\" y2=\"" + (HEIGHT - BOTTOM) + "\"/>"
                + "<circle class=\"cursor\" r=\"3\"/></svg></figure>\n";
    }

    private Stream<Point> all() {
        return Stream.concat(points.stream(), reference.stream());
    }

    /** Centred, over fewer neighbours at the ends. */
    private static List<Point> averages(List<Point> points) {
        List<Point> averages = new ArrayList<>();
        int half = AVERAGED_STEPS / 2;
        for (int index = 0; index < points.size(); index++) {
            int first = Math.max(0, index - half);
            int afterLast = Math.min(points.size(), index + half + 1);
            double mean = points.subList(first, afterLast).stream()
                    .mapToDouble(Point::value)
                    .average()
                    .orElseThrow();
            averages.add(new Point(points.get(index).step(), mean));
        }
        return averages;
    }

    private String grid(Axis horizontal, Axis vertical) {
        StringBuilder grid = new StringBuilder();
        for (double tick : vertical.ticks()) {
            String y = coordinate(vertical.position(tick));
            grid.append("<line class=\"grid\" x1=\"" + LEFT + "\" x2=\"" + (WIDTH - RIGHT) + "\" y1=\"" + y + "\" y2=\""
                    + y + "\"/><text class=\"y\" x=\"" + (LEFT - 6) + "\" y=\"" + y + "\">" + vertical.label(tick)
                    + "</text>\n");
        }
        for (double tick : horizontal.ticks()) {
            grid.append("<text class=\"x\" x=\"" + coordinate(horizontal.position(tick)) + "\" y=\"" + (HEIGHT - 8)
                    + "\">" + String.format(Locale.ROOT, "%.0f", tick) + "</text>\n");
        }
        return grid.toString();
    }

    private String marks(Axis horizontal) {
        return marks.stream()
                .map(mark -> "<line class=\"mark\" x1=\"" + coordinate(horizontal.position(mark.step())) + "\" x2=\""
                        + coordinate(horizontal.position(mark.step())) + "\" y1=\"" + TOP + "\" y2=\""
                        + (HEIGHT - BOTTOM) + "\"><title>" + Html.escape(mark.label()) + "</title></line>\n")
                .collect(Collectors.joining());
    }

    private static String line(String name, List<Point> points, Axis horizontal, Axis vertical) {
        return points.stream()
                .map(point -> coordinate(horizontal.position(point.step())) + ","
                        + coordinate(vertical.position(point.value())))
                .collect(Collectors.joining(" ", "<polyline class=\"" + name + "\" points=\"", "\"/>\n"));
    }

    /** For the cursor: x, y, and what to show there. */
    private String data(Axis horizontal, Axis vertical) {
        return points.stream()
                .map(point -> coordinate(horizontal.position(point.step())) + ","
                        + coordinate(vertical.position(point.value())) + ","
                        + String.format(Locale.ROOT, "%s %.0f: ", abscissa, point.step()) + text(point.value()))
                .collect(Collectors.joining(";"));
    }

    private String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * Maps values to positions.
     *
     * @param low value at position {@code from}
     * @param high value at position {@code to}
     */
    private record Axis(double low, double high, double from, double to) {

        static Axis covering(DoubleStream values, double from, double to) {
            var statistics = values.summaryStatistics();
            double low = statistics.getMin();
            double high = statistics.getMax();
            if (high - low < 1e-9 * Math.max(1, Math.abs(high))) {
                double margin = high == 0 ? 1 : Math.abs(high) / 2;
                return new Axis(low - margin, high + margin, from, to);
            }
            return new Axis(low, high, from, to);
        }

        double position(double value) {
            return from + (value - low) / (high - low) * (to - from);
        }

        /** Round values inside the axis: 1, 2 or 5 times a power of ten apart. */
        List<Double> ticks() {
            double step = step();
            List<Double> ticks = new ArrayList<>();
            for (double tick = Math.ceil(low / step) * step; tick <= high + step * 1e-6; tick += step) {
                ticks.add(Math.abs(tick) < step * 1e-6 ? 0.0 : tick);
            }
            return ticks;
        }

        private double step() {
            double rough = (high - low) / TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            return DoubleStream.of(1, 2, 5, 10)
                    .map(factor -> factor * power)
                    .filter(candidate -> candidate >= rough)
                    .findFirst()
                    .orElse(10 * power);
        }

        /** With just the decimals that tell neighbouring ticks apart. */
        String label(double tick) {
            int decimals = Math.max(0, (int) -Math.floor(Math.log10(step()) + 1e-9));
            return String.format(Locale.ROOT, "%." + decimals + "f", tick);
        }
    }
}
