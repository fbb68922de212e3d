package io.tramontane.jobs.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects violations: all are counted, the first of each kind are kept. Not thread-safe. */
final class Violations {

    /** Enough to see a pattern; a run gone wrong may have millions. */
    static final int KEPT_PER_KIND = 20;

    private final Map<ViolationKind, List<Violation>> kept = new EnumMap<>(ViolationKind.class);
    private final Map<ViolationKind, Long> counts = new EnumMap<>(ViolationKind.class);

    void add(ViolationKind kind, String subject, String detail, Object... arguments) {
        counts.merge(kind, 1L, Long::sum);
        List<Violation> examples = kept.computeIfAbsent(kind, missing -> new ArrayList<>());
        if (examples.size() < KEPT_PER_KIND) {
            examples.add(new Violation(kind, subject, String.format(Locale.ROOT, detail, arguments)));
        }
    }

    List<Violation> kept() {
        return kept.values().stream().flatMap(List::stream).toList();
    }

    Map<ViolationKind, Long> counts() {
        return new EnumMap<>(counts);
    }
}
