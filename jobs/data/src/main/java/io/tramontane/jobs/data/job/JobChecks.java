package io.tramontane.jobs.data.job;

import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.kernel.config.ConfigFinding;
import io.tramontane.jobs.kernel.config.DurationText;
import io.tramontane.pipeline.scheduling.SchedulingSettings;
import io.tramontane.pipeline.scoring.ScoringSettings;
import io.tramontane.pipeline.settings.PipelineSettings;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.policy.training.TrainingArithmetic;
import io.tramontane.rewards.composition.RewardChecks;
import io.tramontane.rewards.composition.RewardSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold between sections of the job; each would otherwise stall or break a run later. */
public final class JobChecks {

    private final List<ConfigFinding> findings = new ArrayList<>();

    private JobChecks() {}

    /** What does not hold; empty when all does. */
    public static List<ConfigFinding> of(JobConfig config) {
        JobChecks checks = new JobChecks();
        checks.batches(config.pipeline());
        checks.limits(config.pipeline());
        checks.lengths(config);
        checks.dataset(config.dataset(), config.pipeline());
        checks.reward(config.reward());
        checks.training(config.training());
        checks.publication(config.training(), config.pipeline());
        checks.findings.addAll(CurriculumChecks.of(config));
        return checks.findings;
    }

    private void batches(PipelineSettings pipeline) {
        SchedulingSettings scheduling = pipeline.scheduling();
        int groupSize = scheduling.groupSize();
        int batch = pipeline.batching().completionsPerBatch();
        require(
                batch % groupSize == 0,
                "pipeline.batching.completions-per-batch",
                "must be a multiple of pipeline.scheduling.group-size (" + groupSize + "), since groups are not split; "
                        + batch + " is not");
        require(
                (long) scheduling.maximumGroupsInFlight() * groupSize >= batch,
                "pipeline.scheduling.maximum-groups-in-flight",
                "allows " + (long) scheduling.maximumGroupsInFlight() * groupSize
                        + " completions at a time, so that a batch of " + batch + " would never fill; set it to "
                        + ((batch + groupSize - 1) / groupSize) + " or more");
        require(
                groupSize >= 2,
                "pipeline.scheduling.group-size",
                "must be at least 2: the advantage of a completion is measured against the others of its group");
    }

    private void limits(PipelineSettings pipeline) {
        require(
                pipeline.limits().maximumGroupSize() >= pipeline.scheduling().groupSize(),
                "pipeline.limits.maximum-group-size",
                "must be at least pipeline.scheduling.group-size ("
                        + pipeline.scheduling().groupSize() + ")");
        ScoringSettings scoring = pipeline.scoring();
        patience(scoring, "deadline", scoring.deadline());
        patience(scoring, "code.deadline", scoring.code().deadline());
        patience(scoring, "custom.deadline", scoring.custom().deadline());
    }

    private void patience(ScoringSettings scoring, String key, Duration deadline) {
        require(
                scoring.patience().compareTo(deadline) >= 0,
                "pipeline.scoring.patience",
                "must not be shorter than pipeline.scoring." + key + " (" + DurationText.format(deadline) + ")");
    }

    private void lengths(JobConfig config) {
        int positions = config.policy().maximumPositions();
        require(
                config.pipeline().scheduling().maximumNewTokens() < positions,
                "pipeline.scheduling.maximum-new-tokens",
                "must leave room for the prompt within policy.maximum-positions (" + positions + ")");
        require(
                config.pipeline().limits().maximumTokens() >= positions,
                "pipeline.limits.maximum-tokens",
                "must be at least policy.maximum-positions (" + positions + ")");
    }

    private void dataset(DatasetSettings dataset, PipelineSettings pipeline) {
        boolean builtIn = dataset.source() == DatasetSettings.Source.WORD_PROBLEMS;
        int text = pipeline.limits().maximumTextCharacters();
        require(
                dataset.maximumReferenceCharacters() <= text,
                "dataset.maximum-reference-characters",
                "must be at most pipeline.limits.maximum-text-characters (" + text + ")");
        require(
                builtIn || !dataset.path().toString().isEmpty(),
                "dataset.path",
                "must name the training problems when dataset.source is file");
        require(
                builtIn || !dataset.heldOutPath().toString().isEmpty(),
                "dataset.held-out-path",
                "must name the problems that policies are measured on when dataset.source is file");
    }

    private void reward(RewardSettings reward) {
        RewardChecks.of(reward)
                .forEach(problem -> findings.add(new ConfigFinding("reward." + problem.key(), problem.message())));
    }

    private void publication(TrainingSettings training, PipelineSettings pipeline) {
        long maximumLag = pipeline.staleness().maximumLag();
        require(
                training.stepsPerPublication() - 1 <= maximumLag,
                "training.steps-per-publication",
                "its last step is trained " + (training.stepsPerPublication() - 1)
                        + " versions behind, and pipeline.staleness.maximum-lag drops what is more than " + maximumLag
                        + " behind");
    }

    private void training(TrainingSettings training) {
        training.loss()
                .refusal()
                .ifPresent(message ->
                        findings.add(new ConfigFinding("training.loss.correction.importance-weight", message)));
        Optional<TrainingArithmetic> arithmetic = TrainingArithmetic.of(training.arithmetic());
        require(
                arithmetic.isPresent(),
                "training.arithmetic",
                "this release does not know arithmetic " + training.arithmetic() + "; it knows "
                        + Stream.of(TrainingArithmetic.values())
                                .map(known -> Integer.toString(known.number()))
                                .collect(Collectors.joining(", ")));
        require(
                !arithmetic.equals(Optional.of(TrainingArithmetic.LOSS_IN_PYTORCH))
                        || training.loss().isPlainGrpo(),
                "training.arithmetic",
                "arithmetic 1, that of older runs, knows the loss grpo without corrections alone; set"
                        + " training.arithmetic to "
                        + TrainingArithmetic.newest().number());
    }

    private void require(boolean holds, String key, String message) {
        if (!holds) {
            findings.add(new ConfigFinding(key, message));
        }
    }
}
