package io.tramontane.policy.training;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.ReferenceTransformer;
import io.tramontane.policy.objective.loss.GrpoLoss;
import java.util.List;

/** The GRPO loss (Magistral §2.1) in plain Java, straight from the formula. */
final class ReferenceGrpoLoss {

    private ReferenceGrpoLoss() {}

    static double of(
            PolicyConfig config,
            double[] weights,
            double[] referenceWeights,
            List<TrainingSequence> sequences,
            GrpoLoss.Settings settings,
            double klCoefficient) {
        ReferenceTransformer policy = new ReferenceTransformer(config, weights);
        double loss = 0;
        for (TrainingSequence sequence : sequences) {
            double[] logProbs = policy.logProbs(
                    sequence.tokens().promptTokens(), sequence.tokens().completionTokens());
            for (int t = 0; t < logProbs.length; t++) {
                double ratio = Math.exp(logProbs[t] - sequence.behaviourLogProbs()[t]);
                if (settings.ratioCap() > 0) {
                    ratio = Math.min(ratio, settings.ratioCap());
                }
                double clipped = Math.max(1 - settings.clipLow(), Math.min(1 + settings.clipHigh(), ratio));
                double objective = Math.min(ratio * sequence.advantage(), clipped * sequence.advantage());
                if (klCoefficient > 0) {
                    double reference = new ReferenceTransformer(config, referenceWeights)
                            .logProbs(
                                    sequence.tokens().promptTokens(),
                                    sequence.tokens().completionTokens())[t];
                    double away = reference - logProbs[t];
                    objective -= klCoefficient * (Math.exp(away) - away - 1);
                }
                loss -= objective * sequence.tokenWeight();
            }
        }
        return loss;
    }
}
