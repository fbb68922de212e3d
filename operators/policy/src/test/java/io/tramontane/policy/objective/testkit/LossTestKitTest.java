package io.tramontane.policy.objective.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The kit passes a correct loss and finds each kind of mistake. */
class LossTestKitTest {

    /** −ρ Â without any bound. */
    private static final PolicyLoss CORRECT = input -> {
        double value = 0;
        double[] derivative = new double[input.tokens()];
        for (int t = 0; t < derivative.length; t++) {
            double term = -input.tokenWeights()[t] * input.ratio(t) * input.advantages()[t];
            value += term;
            derivative[t] = input.moves(t) ? term : 0;
        }
        return new LossResult(value, derivative, Map.of(LossResult.CLIPPED, 0.0));
    };

    @Test
    void aCorrectLossPasses() {
        LossTestKit.check(CORRECT);
    }

    @Test
    void aFigureThatNoCurveCouldBeCalledIsFound() {
        fails(
                input -> new LossResult(0, new double[input.tokens()], Map.of("Mean ratio", 0.0)),
                "the figure 'Mean ratio': its name must be lower case");
    }

    @Test
    void aDerivativeThatIsNotThatOfTheValueIsFound() {
        fails(derivative(0.999), "but the value changes by");
        fails(derivative(-1), "but the value changes by");
        fails(derivative(0), "but the value changes by");
    }

    /** Its derivative takes the ratio as a constant, its value does not. */
    @Test
    void aDetachedFactorNeedsASurrogate() {
        PolicyLoss detached = input -> {
            double value = 0;
            double[] derivative = new double[input.tokens()];
            for (int t = 0; t < derivative.length; t++) {
                derivative[t] = -input.tokenWeights()[t] * input.ratio(t) * input.advantages()[t];
                value += derivative[t] * input.logProbs()[t];
            }
            return new LossResult(value, derivative, Map.of());
        };

        fails(detached, "check it with a surrogate");
        LossTestKit.check(detached, (moving, fixed) -> {
            double value = 0;
            for (int t = 0; t < moving.tokens(); t++) {
                value -= moving.tokenWeights()[t] * fixed.ratio(t) * moving.advantages()[t] * moving.logProbs()[t];
            }
            return value;
        });
        assertThatThrownBy(() -> LossTestKit.check(detached, (moving, fixed) -> 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the surrogate is 1.0");
    }

    /** In single precision exp(100) is infinite. */
    @Test
    void aRatioThatIsNotBoundedIsFound() {
        fails(
                input -> {
                    LossResult result = CORRECT.of(input);
                    double[] derivative = result.derivative().clone();
                    for (int t = 0; t < derivative.length; t++) {
                        derivative[t] += 0 * (float) Math.exp(input.logProbs()[t] - input.behaviourLogProbs()[t]);
                    }
                    return new LossResult(result.value(), derivative, result.figures());
                },
                "is NaN");
    }

    @Test
    void aMaskedTokenWithADerivativeIsFound() {
        fails(
                changed(result -> {
                    double[] derivative = result.derivative().clone();
                    for (int t = 0; t < derivative.length; t++) {
                        derivative[t] += derivative[t] == 0 ? 1e-3 : 0;
                    }
                    return new LossResult(result.value(), derivative, result.figures());
                }),
                "is masked and has a derivative");
    }

    @Test
    void aLossThatDependsOnWhatElseIsInTheMicroBatchIsFound() {
        fails(
                input -> {
                    LossResult result = CORRECT.of(input);
                    double sequences = input.tokens() == 0 ? 1 : 1 + input.sequences()[input.tokens() - 1];
                    double[] derivative = result.derivative().clone();
                    for (int t = 0; t < derivative.length; t++) {
                        derivative[t] /= sequences;
                    }
                    return new LossResult(result.value() / sequences, derivative, result.figures());
                },
                "the losses of its parts");
    }

    @Test
    void aResultThatChangesIsFound() {
        double[] calls = new double[1];
        fails(
                changed(result -> new LossResult(
                        result.value() == 0 ? 0 : result.value() + 1e-12 * calls[0]++,
                        result.derivative(),
                        result.figures())),
                "the same input gives another result");
    }

    @Test
    void aChangedInputIsFound() {
        fails(
                input -> {
                    LossResult result = CORRECT.of(input);
                    if (input.tokens() > 0) {
                        input.logProbs()[0] -= 1;
                    }
                    return result;
                },
                "the input was changed");
    }

    @Test
    void figuresThatComeAndGoOrAreNoCountsAreFound() {
        fails(
                changed(result -> new LossResult(
                        result.value(), result.derivative(), result.value() > 0 ? Map.of("positive", 1.0) : Map.of())),
                "the figures are");
        fails(
                changed(result -> {
                    Map<String, Double> figures = new HashMap<>(result.figures());
                    figures.put(LossResult.CLIPPED, 1e3);
                    return new LossResult(result.value(), result.derivative(), figures);
                }),
                "the figure clipped is 1000.0");
    }

    private static PolicyLoss derivative(double factor) {
        return changed(result -> {
            double[] derivative = result.derivative().clone();
            for (int t = 0; t < derivative.length; t++) {
                derivative[t] *= factor;
            }
            return new LossResult(result.value(), derivative, result.figures());
        });
    }

    private static PolicyLoss changed(UnaryOperator<LossResult> change) {
        return (LossInput input) -> change.apply(CORRECT.of(input));
    }

    private static void fails(PolicyLoss loss, String message) {
        assertThatThrownBy(() -> LossTestKit.check(loss))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
