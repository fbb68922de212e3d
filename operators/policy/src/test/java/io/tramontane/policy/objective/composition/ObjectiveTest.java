package io.tramontane.policy.objective.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossInputs;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.correction.CorrectionSettings;
import io.tramontane.policy.objective.correction.ImportanceWeight;
import io.tramontane.policy.objective.loss.DppoLoss;
import io.tramontane.policy.objective.loss.GrpoLoss;
import io.tramontane.policy.objective.loss.ReinforceLoss;
import io.tramontane.policy.objective.testkit.LossTestKit;
import io.tramontane.policy.objective.testkit.SampleInputs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

    private static final CorrectionSettings TOKEN_WEIGHT =
            new CorrectionSettings(ImportanceWeight.TOKEN, 2, false, 0.99, 1.01, 0);

    @Test
    void withoutCorrectionsAndDivergenceItIsTheLoss() {
        Objective objective = grpo(CorrectionSettings.OFF, 0);
        for (long seed = 1; seed <= 20; seed++) {
            LossInput input = SampleInputs.extreme(seed);
            LossResult loss = new GrpoLoss().create(new GrpoLoss().defaults()).of(input);

            ObjectiveResult result = objective.of(input);

            assertThat(result.statistics().loss()).isEqualTo(loss.value());
            assertThat(result.derivative()).isEqualTo(loss.derivative());
        }
    }

    /** The divergence is checked as a loss is: differences, extremes, masked tokens, independent sequences. */
    @Test
    void theDivergenceFromTheReferenceHasTheDerivativeOfItsValue() {
        PolicyLoss none = input -> new LossResult(0, new double[input.tokens()], Map.of());
        Objective objective = new Objective(none, CorrectionSettings.OFF, 0.7);

        LossTestKit.check(input -> {
            ObjectiveResult result = objective.of(input);
            return new LossResult(result.statistics().loss(), result.derivative(), Map.of());
        });
    }

    @Test
    void theDivergenceIsTheK3EstimateWithTheWeightOfTheDivisor() {
        LossInput input = new LossInput(
                new float[] {-1, -2, -1},
                new float[] {-1, -2, -1},
                new float[] {-2, -1.5f, -500},
                new double[] {0, 0, 0},
                new double[] {0.5, 0.25, 0},
                new int[] {0, 1, 1});

        ObjectiveResult result = grpo(CorrectionSettings.OFF, 2).of(input);

        double first = Math.exp(-1) + 1 - 1;
        double second = Math.exp(0.5) - 0.5 - 1;
        assertThat(result.statistics().loss()).isCloseTo(2 * (0.5 * first + 0.25 * second), within(1e-12));
        assertThat(result.statistics().referenceDivergenceSum()).isCloseTo(first + second, within(1e-12));
        assertThat(result.derivative())
                .containsExactly(
                        new double[] {2 * 0.5 * (1 - Math.exp(-1)), 2 * 0.25 * (1 - Math.exp(0.5)), 0}, within(1e-12));
    }

    @Test
    void correctionsLeaveTheDivergenceAlone() {
        LossInput input = SampleInputs.of(4, 0.5);
        CorrectionSettings nothingCounts = new CorrectionSettings(ImportanceWeight.OFF, 2, true, 50, 51, 0);

        ObjectiveResult masked = grpo(nothingCounts, 0.3).of(input);
        ObjectiveResult divergence = new Objective(
                        none -> new LossResult(0, new double[none.tokens()], Map.of()), CorrectionSettings.OFF, 0.3)
                .of(input);

        assertThat(masked.derivative()).isEqualTo(divergence.derivative());
        assertThat(masked.statistics().loss()).isEqualTo(divergence.statistics().loss());
        assertThat(masked.statistics().maskedTokens())
                .isEqualTo(masked.statistics().tokens());
    }

    @Test
    void aTruncatedWeightOnALossWithoutRatioIsReinforceWithItsCap() {
        Objective corrected = Objective.of(new ReinforceLoss(), new ReinforceLoss.Settings(0), TOKEN_WEIGHT, 0);
        Objective carried = Objective.of(new ReinforceLoss(), new ReinforceLoss.Settings(2), CorrectionSettings.OFF, 0);
        for (long seed = 1; seed <= 20; seed++) {
            LossInput input = SampleInputs.extreme(seed);

            assertThat(corrected.of(input).derivative())
                    .containsExactly(carried.of(input).derivative(), within(1e-12));
        }
    }

    @Test
    void aTruncatedWeightOnALossWithTheRatioIsRefused() {
        assertThatThrownBy(() -> Objective.of(new GrpoLoss(), new GrpoLoss().defaults(), TOKEN_WEIGHT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would count it twice");
    }

    @Test
    void theReferenceIsNeededWithACoefficientAlone() {
        LossInput input = LossInputs.ofRatios(new double[] {1}, new double[] {1}, new int[1]);

        assertThat(grpo(CorrectionSettings.OFF, 0).needsReference()).isFalse();
        assertThat(grpo(CorrectionSettings.OFF, 0).of(input).statistics().referenceDivergenceSum())
                .isZero();
        assertThat(grpo(CorrectionSettings.OFF, 1).needsReference()).isTrue();
        assertThatThrownBy(() -> grpo(CorrectionSettings.OFF, 1).of(input))
                .hasMessage("the divergence from the reference policy needs its log-probabilities");
    }

    @Test
    void statisticsAreSumsOverTheTokensThatAreNotMasked() {
        CorrectionSettings geometric = new CorrectionSettings(ImportanceWeight.OFF, 2, true, 0.5, 2, 0);
        LossInput input = LossInputs.ofRatios(
                new double[] {1.5, 0.5, 4, 9}, new double[] {1, 1, -1, 1}, new int[] {0, 0, 1, 2}, 1, 1, 1, 0);

        ObjectiveStatistics statistics = Objective.of(new GrpoLoss(), new GrpoLoss().defaults(), geometric, 0)
                .of(input)
                .statistics();

        assertThat(statistics.tokens()).isEqualTo(3);
        assertThat(statistics.ratios().sum()).isCloseTo(6, within(1e-5));
        assertThat(statistics.ratios().squareSum()).isCloseTo(2.25 + 0.25 + 16, within(1e-5));
        assertThat(statistics.ratios().maximum()).isCloseTo(4, within(1e-5));
        assertThat(statistics.ratios().divergenceSum())
                .isCloseTo(6 - 3 - Math.log(1.5) - Math.log(0.5) - Math.log(4), within(1e-5));
        assertThat(statistics.correctionWeightSum()).isEqualTo(2);
        assertThat(statistics.clippedTokens()).isEqualTo(1);
        assertThat(statistics.maskedTokens()).isEqualTo(1);
        assertThat(statistics.figures()).containsOnly(Map.entry(GrpoLoss.CAPPED, 0.0));
    }

    @Test
    void tokensMaskedByCorrectionsAndByTheLossAddUp() {
        CorrectionSettings geometric = new CorrectionSettings(ImportanceWeight.OFF, 2, true, 0.5, 2, 0);
        LossInput input =
                LossInputs.ofRatios(new double[] {1.9, 1, 4, 1}, new double[] {1, 1, 1, 1}, new int[] {0, 0, 1, 2});

        ObjectiveStatistics statistics = Objective.of(new DppoLoss(), new DppoLoss().defaults(), geometric, 0)
                .of(input)
                .statistics();

        assertThat(statistics.maskedTokens()).isEqualTo(2);
        assertThat(statistics.figures()).containsOnlyKeys(DppoLoss.LOG_RATIO_SQUARE);
    }

    @Test
    void statisticsOfMicroBatchesAddUpToThoseOfAll() {
        Objective objective = grpo(CorrectionSettings.OFF, 0.1);
        for (long seed = 1; seed <= 20; seed++) {
            LossInput all = SampleInputs.of(seed, 0.5);
            int cut = all.sequenceEnd(0);
            ObjectiveStatistics sum = ObjectiveStatistics.NONE
                    .plus(objective.of(SampleInputs.slice(all, 0, cut)).statistics())
                    .plus(objective
                            .of(SampleInputs.slice(all, cut, all.tokens()))
                            .statistics());

            assertThat(sum)
                    .usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) <= 1e-12 * (1 + Math.abs(a)) ? 0 : 1, Double.class)
                    .isEqualTo(objective.of(all).statistics());
        }
    }

    @Test
    void figuresOfDifferentNamesStayApartAndInOrder() {
        ObjectiveStatistics first = withFigures(Map.of("b", 1.0, "c", 2.0));
        ObjectiveStatistics second = withFigures(Map.of("a", 3.0, "c", 4.0));

        assertThat(first.plus(second).figures().entrySet())
                .containsExactly(Map.entry("a", 3.0), Map.entry("b", 1.0), Map.entry("c", 6.0));
    }

    @Test
    void aMicroBatchWithoutTokensIsNothing() {
        LossInput none = SampleInputs.slice(SampleInputs.of(1, 1), 0, 0);

        assertThat(grpo(CorrectionSettings.OFF, 1).of(none).statistics().plus(ObjectiveStatistics.NONE))
                .isEqualTo(withFigures(Map.of(GrpoLoss.CAPPED, 0.0)));
    }

    private static ObjectiveStatistics withFigures(Map<String, Double> figures) {
        return new ObjectiveStatistics(0, 0, RatioStatistics.NONE, 0, 0, 0, 0, figures);
    }

    private static Objective grpo(CorrectionSettings corrections, double klCoefficient) {
        return Objective.of(new GrpoLoss(), new GrpoLoss().defaults(), corrections, klCoefficient);
    }
}
