package io.tramontane.jobs.run.local;

import io.tramontane.jobs.generator.LocalGenerator;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.metrics.ProcessMetrics;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;

/** What the generator of a run in this process is given. */
final class GeneratorParts {

    private GeneratorParts() {}

    static LocalGenerator.Parts of(
            String generatorId,
            TramontaneConfig config,
            RunDirectory directory,
            KafkaSettings kafka,
            PolicyBundle basePolicy,
            PolicyTokenizer tokenizer,
            ProcessMetrics metrics) {
        return new LocalGenerator.Parts(
                generatorId,
                directory.id(),
                config.run().seed(),
                kafka,
                config.weights(),
                config.prompts(),
                config.generation(),
                basePolicy,
                tokenizer,
                metrics.group());
    }
}
