package io.tramontane.jobs.data.grade;

import io.tramontane.schemas.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the verdicts of a file. Not thread-safe. */
public final class GradeSummary {

    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private long lines;
    private long totalMicros;
    private long slowestMicros;

    void add(GradedLine line) {
        counts.merge(line.verdict(), 1L, Long::sum);
        lines++;
        totalMicros += line.micros();
        slowestMicros = Math.max(slowestMicros, line.micros());
    }

    /** Lines with this verdict. */
    public long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** One line: how many there were of each verdict, and how long they took. */
    @Override
    public String toString() {
        String verdicts = Stream.of(Verdict.values())
                .filter(counts::containsKey)
                .map(verdict -> String.format(Locale.ROOT, "%s %,d", verdict, count(verdict)))
                .collect(Collectors.joining(", "));
        return lines == 0
                ? "nothing to grade: the file has no lines"
                : String.format(
                        Locale.ROOT,
                        "%,d graded: %s; %.1f ms in all, %.1f µs each, %.1f ms the slowest",
                        lines,
                        verdicts,
                        totalMicros / 1e3,
                        (double) totalMicros / lines,
                        slowestMicros / 1e3);
    }
}
