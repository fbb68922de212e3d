package io.tramontane.jobs.page.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a comparison's figures.
 *
 * @param name the variant's; the id of a recorded run
 * @param way how its steps were made
 * @param of the recorded run that a replay is of; else empty
 * @param runs at least one; several are those of several seeds
 */
record ComparedRuns(String name, Way way, Optional<String> of, List<RunOutcome> runs) {

    /** How steps were made. */
    enum Way {
        RECORDED,
        LIVE,
        REPLAYED
    }

    ComparedRuns {
        runs = List.copyOf(runs);
    }

    /** What the line is of, in a few words. */
    String words() {
        return switch (way) {
            case RECORDED -> "recorded run";
            case LIVE -> runs.size() == 1 ? "live" : "live, " + runs.size() + " seeds";
            case REPLAYED -> "replay of " + of.orElseThrow();
        };
    }

    /** Whether lines are compared with each other: live ones, or replays and the run they are of. */
    boolean comparableWith(ComparedRuns other) {
        return of.equals(other.of);
    }

    /**
     * What lies in a folder: the recorded runs first, then each variant live and replayed.
     *
     * @param live by variant and seed
     */
    static List<ComparedRuns> in(
            ComparisonFolder folder, Suite suite, Map<Variant, Map<Long, RunOutcome>> live, double rewardThreshold)
            throws IOException {
        List<ComparedRuns> all = new ArrayList<>();
        List<String> recorded = new ArrayList<>();
        for (String id : folder.recordedRuns()) {
            if (suite.variants().stream().anyMatch(variant -> ComparisonFolder.finished(folder.replay(id, variant)))) {
                recorded.add(id);
                all.add(new ComparedRuns(
                        id,
                        Way.RECORDED,
                        Optional.of(id),
                        List.of(RunOutcome.read(folder.recorded(id), rewardThreshold))));
            }
        }
        for (Variant variant : suite.variants()) {
            List<RunOutcome> seeds =
                    List.copyOf(live.getOrDefault(variant, Map.of()).values());
            if (!seeds.isEmpty()) {
                all.add(new ComparedRuns(variant.name(), Way.LIVE, Optional.empty(), seeds));
            }
            for (String id : recorded) {
                if (ComparisonFolder.finished(folder.replay(id, variant))) {
                    all.add(new ComparedRuns(
                            variant.name(),
                            Way.REPLAYED,
                            Optional.of(id),
                            List.of(RunOutcome.read(folder.replay(id, variant), rewardThreshold))));
                }
            }
        }
        return all;
    }
}
