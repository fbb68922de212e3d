package io.tramontane.jobs.run.config;

import io.tramontane.jobs.data.job.JobChecks;
import io.tramontane.jobs.kernel.config.ConfigFinding;
import java.util.ArrayList;
import java.util.List;

/** What must hold between all sections: what the job asks, and what is asked of those that it does not read. */
final class CrossChecks {

    private CrossChecks() {}

    static List<ConfigFinding> of(TramontaneConfig config) {
        List<ConfigFinding> findings = new ArrayList<>(JobChecks.of(config.job()));
        int positions = config.policy().maximumPositions();
        if (config.evaluation().maximumNewTokens() >= positions) {
            findings.add(new ConfigFinding(
                    "evaluation.maximum-new-tokens",
                    "must leave room for the prompt within policy.maximum-positions (" + positions + ")"));
        }
        return findings;
    }
}
