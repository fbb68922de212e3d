package io.tramontane.jobs.data.job;

import io.tramontane.jobs.data.curriculum.CurriculumSettings;
import io.tramontane.jobs.kernel.config.ConfigFinding;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.Stage;
import java.util.ArrayList;
import java.util.List;

/** What must hold of every stage of a curriculum; a run would otherwise find it out when the stage begins. */
final class CurriculumChecks {

    private final JobConfig config;
    private final Curriculum curriculum;
    private final List<ConfigFinding> findings = new ArrayList<>();

    private CurriculumChecks(JobConfig config, Curriculum curriculum) {
        this.config = config;
        this.curriculum = curriculum;
    }

    static List<ConfigFinding> of(JobConfig config) {
        CurriculumSettings settings = config.curriculum();
        if (settings.stages().isEmpty()) {
            return List.of();
        }
        var checks = new CurriculumChecks(config, config.stages());
        for (int number = 1; number <= checks.curriculum.size(); number++) {
            checks.stage(number, "curriculum.stages[" + (number - 1) + "]");
        }
        return checks.findings;
    }

    private void stage(int number, String key) {
        Stage stage = curriculum.stage(number);
        int groupSize = config.pipeline().scheduling().groupSize();
        int positions = config.policy().maximumPositions();
        require(
                stage.completionsPerBatch() % groupSize == 0,
                key + ".completions-per-batch",
                "must be a multiple of pipeline.scheduling.group-size (" + groupSize + "); "
                        + stage.completionsPerBatch() + " is not");
        require(
                (long) stage.maximumGroupsInFlight() * groupSize >= stage.completionsPerBatch(),
                key + ".maximum-groups-in-flight",
                "allows " + (long) stage.maximumGroupsInFlight() * groupSize
                        + " completions at a time, so that the stage's batch of " + stage.completionsPerBatch()
                        + " would never fill");
        require(
                stage.maximumNewTokens() < positions,
                key + ".maximum-new-tokens",
                "must leave room for the prompt within policy.maximum-positions (" + positions + ")");
        require(
                stage.lengthCache() <= stage.lengthMaximum(),
                key,
                "has a length penalty over " + stage.lengthCache() + " tokens (length-cache-tokens), more than its"
                        + " length-maximum-tokens (" + stage.lengthMaximum() + ")");
        require(
                stage.allProblems()
                        || !config.curriculum().passRates().toString().isEmpty(),
                "curriculum.pass-rates",
                "must name a file, since " + key + " poses problems by their pass rates");
        boolean last = number == curriculum.size();
        require(
                last || stage.end().comes(),
                key,
                "never ends: give it steps, or until with a threshold, or remove the stages behind it");
        require(
                !last || !stage.end().comes(),
                key,
                "is the last stage and lasts until training.maximum-steps: remove its steps and until");
    }

    private void require(boolean holds, String key, String message) {
        if (!holds) {
            findings.add(new ConfigFinding(key, message));
        }
    }
}
