package io.tramontane.policy.objective.correction;

import io.tramontane.policy.objective.LossInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The corrections that settings choose. Immutable. */
public final class Corrections {

    private final List<Correction> chosen;

    public Corrections(CorrectionSettings settings) {
        List<Correction> corrections = new ArrayList<>();
        switch (settings.importanceWeight()) {
            case OFF -> {}
            case TOKEN -> corrections.add(new TruncatedTokenWeight(settings.importanceWeightCap()));
            case SEQUENCE -> corrections.add(new TruncatedSequenceWeight(settings.importanceWeightCap()));
        }
        if (settings.geometricMask()) {
            corrections.add(new GeometricMask(settings.geometricMinimum(), settings.geometricMaximum()));
        }
        if (settings.offPolicyThreshold() > 0) {
            corrections.add(new OffPolicyMask(settings.offPolicyThreshold()));
        }
        chosen = List.copyOf(corrections);
    }

    /**
     * What each token's weight is to be multiplied by: 1 where nothing corrects it, 0 where it is masked.
     *
     * @param input with the divisor's token weights alone
     * @return [N], finite
     */
    public double[] weights(LossInput input) {
        double[] weights = new double[input.tokens()];
        Arrays.fill(weights, 1);
        for (Correction correction : chosen) {
            correction.multiply(input, weights);
        }
        return weights;
    }
}
