package io.tramontane.jobs.lab.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a figure stays level after the warm-up.
 *
 * <p>Samples are first reduced to the medians of equal pieces of time, so that the minute after a fault does not count
 * for more than it lasts. The growth is the median of the slopes between all pairs of those (Theil, "A rank-invariant
 * method of linear and polynomial regression analysis"; Sen, "Estimates of the regression coefficient based on
 * Kendall's tau") times the time they cover: as robust as a median, and blind to faults that come and go. The figure is
 * level when it grows by no more than {@link #SHARE} of its median, or by what connections and tasks come and go by.
 *
 * @param level median after the warm-up
 * @param growth over the time after the warm-up
 * @param flat whether that is no growth
 */
record Flatness(SoakFigure figure, double level, double growth, boolean flat) {

    /** Of the level that growth may come to. */
    static final double SHARE = 0.05;

    private static final int PIECES = 60;

    /** @param warmUpSeconds that do not count */
    static Flatness of(SoakFigure figure, List<Sample> samples, double warmUpSeconds) {
        List<Sample> counted = samples.stream()
                .filter(sample -> sample.seconds() >= warmUpSeconds)
                .toList();
        List<double[]> points = medians(figure, counted);
        List<Double> slopes = new ArrayList<>();
        for (int from = 0; from < points.size(); from++) {
            for (int to = from + 1; to < points.size(); to++) {
                slopes.add((points.get(to)[1] - points.get(from)[1]) / (points.get(to)[0] - points.get(from)[0]));
            }
        }
        double level = median(points.stream().map(point -> point[1]).toList());
        double covered = points.isEmpty() ? 0 : points.get(points.size() - 1)[0] - points.get(0)[0];
        double growth = median(slopes) * covered;
        boolean flat = !figure.judged() || growth <= Math.max(figure.tolerance(), SHARE * level);
        return new Flatness(figure, level, growth, flat);
    }

    private static List<double[]> medians(SoakFigure figure, List<Sample> samples) {
        int pieces = Math.min(PIECES, samples.size());
        List<double[]> medians = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            List<Sample> part = samples.subList(piece * samples.size() / pieces, (piece + 1) * samples.size() / pieces);
            medians.add(new double[] {
                median(part.stream().map(Sample::seconds).toList()),
                median(part.stream().map(sample -> sample.value(figure)).toList())
            });
        }
        return medians;
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-16s " + figure.format() + ", grew by " + figure.format() + " (%.1f%%): %s",
                figure.title(),
                level,
                growth,
                level == 0 ? 0 : 100 * growth / level,
                !figure.judged() ? "not judged" : flat ? "level" : "NOT LEVEL");
    }
}
