package io.tramontane.jobs.evaluation;

import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.data.wordproblems.PolicySettings;
import io.tramontane.jobs.evaluation.coldstart.ColdStartSettings;
import io.tramontane.jobs.evaluation.curation.CurationSettings;
import io.tramontane.jobs.evaluation.warmup.WarmUpSettings;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.rewards.composition.RewardSettings;
import jakarta.validation.Valid;

/** The sections of a configuration that the tests of this module need. */
public record MeasuredConfig(
        @Valid DatasetSettings dataset,
        @Valid PolicySettings policy,
        @Valid WarmUpSettings warmUp,
        @Valid ColdStartSettings coldStart,
        @Valid WeightsTransportSettings weights,
        @Valid RewardSettings reward,
        @Valid EvaluationSettings evaluation,
        @Valid CurationSettings curation) {

    public static ConfigLoader<MeasuredConfig> loader() {
        return ConfigLoader.of(MeasuredConfig.class);
    }
}
