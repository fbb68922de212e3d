package io.tramontane.jobs.lab.soak;

import java.util.EnumMap;
import java.util.Map;

/**
 * All figures at one moment.
 *
 * @param seconds since the soak began
 */
record Sample(double seconds, Map<SoakFigure, Double> figures) {

    Sample {
        figures = new EnumMap<>(figures);
    }

    double value(SoakFigure figure) {
        return figures.get(figure);
    }
}
