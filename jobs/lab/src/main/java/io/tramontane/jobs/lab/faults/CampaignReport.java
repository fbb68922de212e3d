package io.tramontane.jobs.lab.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.ledger.LedgerReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a campaign of faults has shown.
 *
 * @param replayedSteps steps that were trained again from the topics
 * @param identicalSteps those of them that gave the recorded weights, bit for bit
 */
public record CampaignReport(
        List<FaultResult> faults,
        long steps,
        long incarnations,
        TrainingTime time,
        LedgerReport ledger,
        int replayedSteps,
        int identicalSteps) {

    /** Whether nothing was lost, nothing counted twice, and the weights follow. */
    public boolean clean() {
        return ledger.clean() && replayedSteps == identicalSteps && replayedSteps == steps;
    }

    /** Seconds to the next committed step after the faults of a kind, shortest first. */
    public List<Double> recoveries(FaultKind kind) {
        return faults.stream()
                .filter(fault -> fault.kind() == kind)
                .map(FaultResult::recoverySeconds)
                .sorted()
                .toList();
    }

    /** For a terminal. */
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%n%-24s %6s %8s %8s %8s%n", "fault", "times", "median", "longest", "restarts"));
        for (FaultKind kind : FaultKind.values()) {
            List<Double> recoveries = recoveries(kind);
            if (!recoveries.isEmpty()) {
                long restarts = faults.stream()
                        .filter(fault -> fault.kind() == kind && fault.newIncarnation())
                        .count();
                text.append(String.format(
                        Locale.ROOT,
                        "%-24s %6d %6.1f s %6.1f s %8d%n",
                        kind.title(),
                        recoveries.size(),
                        median(recoveries),
                        recoveries.get(recoveries.size() - 1),
                        restarts));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "%n%d faults, %d steps, %d incarnations of the trainer; %.0f s, of which %.1f s lost to restarts:"
                        + " %.1f%% of the time was effective%n",
                faults.size(),
                steps,
                incarnations,
                time.seconds(),
                time.lostSeconds(),
                100 * time.effectiveShare()));
        text.append(String.format(
                Locale.ROOT,
                "replay: %,d of %,d steps have the recorded weights hash%n",
                identicalSteps,
                replayedSteps));
        return text.toString();
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Writes all figures but the ledger's, which has a command of its own. */
    void write(Path file) throws IOException {
        ObjectNode root = Json.object();
        root.put("clean", clean());
        root.put("steps", steps);
        root.put("incarnations", incarnations);
        root.put("seconds", time.seconds());
        root.put("lostSeconds", time.lostSeconds());
        root.put("effectiveShare", time.effectiveShare());
        root.put("medianStepSeconds", time.medianStepSeconds());
        root.put("replayedSteps", replayedSteps);
        root.put("identicalSteps", identicalSteps);
        root.set("faults", Json.tree(faults));
        AtomicFile.write(file, Json.pretty(root));
    }
}
