package io.tramontane.policy.training;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.ReferenceTransformer;
import io.tramontane.policy.grpo.LossSettings;
import java.util.List;

/** The GRPO loss (Magistral §2.1) in plain Java, straight from the formula. */
final class ReferenceGrpoLoss {

    private ReferenceGrpoLoss() {}

    static double of(PolicyConfig config, double[] weights, List<TrainingSequence> sequences, LossSettings settings) {
        return of(config, weights, null, sequences, settings);
    }

    static double of(
            PolicyConfig config,
            double[] weights,
            double[] referenceWeights,
            List<TrainingSequence> sequences,
            LossSettings settings) {
        ReferenceTransformer policy = new ReferenceTransformer(config, weights);
        double loss = 0;
        for (TrainingSequence sequence : sequences) {
            double[] logProbs = policy.logProbs(sequence.promptTokens(), sequence.completionTokens());
            for (int t = 0; t < logProbs.length; t++) {
                double ratio = Math.exp(logProbs[t] - sequence.behaviourLogProbs()[t]);
                if (settings.importanceWeightCap() > 0) {
                    ratio = Math.min(ratio, settings.importanceWeightCap());
                }
                double clipped = Math.max(1 - settings.clipLow(), Math.min(1 + settings.clipHigh(), ratio));
                double objective = Math.min(ratio * sequence.advantage(), clipped * sequence.advantage());
                if (settings.klCoefficient() > 0) {
                    double reference = new ReferenceTransformer(config, referenceWeights)
                            .logProbs(sequence.promptTokens(), sequence.completionTokens())[t];
                    double away = reference - logProbs[t];
                    objective -= settings.klCoefficient() * (Math.exp(away) - away - 1);
                }
                loss -= objective * sequence.tokenWeight();
            }
        }
        return loss;
    }
}
