package io.tramontane.jobs.lab.soak;

import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.PageDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Samples and faults of a soak, written down, drawn and judged. */
public final class SoakReport {

    /** The greater part of what a run does for the first time, it does in its first fifth. */
    private static final double WARM_UP_SHARE = 0.2;

    /** A fault and how it went; the time is that of its begin. */
    record Event(double seconds, String what, double lasted) {}

    private final List<Sample> samples;
    private final List<Event> events;
    private final List<Flatness> verdicts;

    SoakReport(List<Sample> samples, List<Event> events) {
        this.samples = samples;
        this.events = events;
        double warmUp = WARM_UP_SHARE * samples.get(samples.size() - 1).seconds();
        this.verdicts = Arrays.stream(SoakFigure.values())
                .map(figure -> Flatness.of(figure, samples, warmUp))
                .toList();
    }

    /** Whether every figure that must be is level. */
    public boolean level() {
        return verdicts.stream().allMatch(Flatness::flat);
    }

    /** Writes {@code samples.csv}, {@code faults.csv} and {@code soak.html}. */
    public Path write(Path directory) throws IOException {
        Files.writeString(directory.resolve("samples.csv"), csv());
        Files.writeString(
                directory.resolve("faults.csv"),
                events.stream()
                        .map(event -> String.format(
                                Locale.ROOT, "%.1f,%.1f,\"%s\"", event.seconds(), event.lasted(), event.what()))
                        .collect(Collectors.joining("\n", "seconds,lasted,fault\n", "\n")));
        Path page = directory.resolve("soak.html");
        Files.writeString(page, html());
        return page;
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("seconds");
        for (SoakFigure figure : SoakFigure.values()) {
            csv.append(',').append(figure.name().toLowerCase(Locale.ROOT));
        }
        for (Sample sample : samples) {
            csv.append(String.format(Locale.ROOT, "%n%.1f", sample.seconds()));
            for (SoakFigure figure : SoakFigure.values()) {
                csv.append(String.format(Locale.ROOT, ",%.2f", sample.value(figure)));
            }
        }
        return csv.append('\n').toString();
    }

    private String html() {
        List<Chart.Mark> marks = events.stream()
                .map(event -> new Chart.Mark(event.seconds(), event.what()))
                .toList();
        return new PageDocument("A week in miniature")
                .paragraph("Over seconds; dashed where a fault began. The first fifth is warm-up and is not judged.")
                .preformatted(toString())
                .charts(Arrays.stream(SoakFigure.values())
                        .map(figure -> chart(figure, marks))
                        .toList())
                .html();
    }

    private Chart chart(SoakFigure figure, List<Chart.Mark> marks) {
        List<Chart.Point> points = samples.stream()
                .map(sample -> new Chart.Point(sample.seconds(), sample.value(figure)))
                .toList();
        return new Chart(figure.title(), figure.note(), figure.decimals(), points, List.of(), "second", marks);
    }

    /** The verdicts, then how often what happened and how long that took. */
    @Override
    public String toString() {
        String faults = events.stream()
                .collect(Collectors.groupingBy(Event::what, Collectors.summarizingDouble(Event::lasted)))
                .entrySet()
                .stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%-24s %d times, %.1f s on average",
                        entry.getKey(),
                        entry.getValue().getCount(),
                        entry.getValue().getAverage()))
                .sorted()
                .collect(Collectors.joining("\n"));
        return verdicts.stream().map(Flatness::toString).collect(Collectors.joining("\n"))
                + String.format(Locale.ROOT, "%nlongest without a step   %.0f s%n", longestWithoutStep())
                + faults + "\n";
    }

    private double longestWithoutStep() {
        double longest = 0;
        Sample last = samples.get(0);
        for (Sample sample : samples) {
            longest = Math.max(longest, sample.seconds() - last.seconds());
            if (sample.value(SoakFigure.STEPS) != last.value(SoakFigure.STEPS)) {
                last = sample;
            }
        }
        return longest;
    }
}
