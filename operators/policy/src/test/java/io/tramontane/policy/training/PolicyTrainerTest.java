package io.tramontane.policy.training;

import static io.tramontane.policy.TestPolicies.OBJECTIVE;
import static io.tramontane.policy.TestPolicies.OPTIMIZER;
import static io.tramontane.policy.TestPolicies.TINY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.ReferenceTransformer;
import io.tramontane.policy.TestPolicies;
import io.tramontane.policy.Weights;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.objective.composition.Objective;
import io.tramontane.policy.objective.composition.ObjectiveStatistics;
import io.tramontane.policy.objective.loss.GrpoLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTrainerTest {

    private static final double LOG_PROB_TOLERANCE = 1e-4;

    private final Weights weights = TestPolicies.sharpWeights(3);

    @Test
    void logProbsAreThoseOfThePlainJavaTransformer() {
        SplittableRandom random = new SplittableRandom(1);
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sequences.add(new TokenSequence(
                    TestPolicies.randomTokens(random, 1 + random.nextInt(9)),
                    TestPolicies.randomTokens(random, 1 + random.nextInt(15))));
        }
        ReferenceTransformer reference = new ReferenceTransformer(TINY, ReferenceTransformer.widen(weights));
        try (PolicyTrainer trainer = trainer()) {
            List<float[]> actual = trainer.logProbs(sequences);
            for (int i = 0; i < sequences.size(); i++) {
                double[] expected = reference.logProbs(
                        sequences.get(i).promptTokens(), sequences.get(i).completionTokens());
                for (int t = 0; t < expected.length; t++) {
                    assertThat(actual.get(i)[t]).isCloseTo((float) expected[t], within((float) LOG_PROB_TOLERANCE));
                }
            }
        }
    }

    static Stream<Arguments> losses() {
        GrpoLoss.Settings recipe = new GrpoLoss.Settings(0.2, 0.28, 0);
        return Stream.of(TrainingArithmetic.values())
                .flatMap(arithmetic -> Stream.of(
                        Arguments.of(arithmetic, recipe, 0),
                        Arguments.of(arithmetic, new GrpoLoss.Settings(0.1, 0.1, 0), 0),
                        Arguments.of(arithmetic, new GrpoLoss.Settings(0.2, 0.28, 1.1), 0),
                        Arguments.of(arithmetic, recipe, 0.3)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossAndGradientAreThoseOfThePlainJavaOne(
            TrainingArithmetic arithmetic, GrpoLoss.Settings settings, double kl) {
        List<TrainingSequence> sequences = randomSequences(new SplittableRandom(2), 4);
        double[] wide = ReferenceTransformer.widen(weights);
        double[] reference = ReferenceTransformer.widen(TestPolicies.sharpWeights(4));
        try (PolicyTrainer trainer = trainer()) {
            trainer.setReference(TestPolicies.sharpWeights(4));
            MicroBatchStatistics statistics = switch (arithmetic) {
                case LOSS_IN_PYTORCH -> trainer.accumulateInPyTorch(sequences, settings, kl);
                case OBJECTIVE_IN_JAVA ->
                    trainer.accumulate(
                            sequences,
                            LossSettings.of("grpo", settings)
                                    .withKlCoefficient(kl)
                                    .objective());
            };

            assertThat(statistics.objective().loss())
                    .isCloseTo(ReferenceGrpoLoss.of(TINY, wide, reference, sequences, settings, kl), within(1e-4));

            float[] gradient = trainer.gradient().values();
            SplittableRandom random = new SplittableRandom(7);
            double step = 1e-6;
            for (int check = 0; check < 60; check++) {
                int i = random.nextInt(wide.length);
                double[] up = wide.clone();
                double[] down = wide.clone();
                up[i] += step;
                down[i] -= step;
                double numeric = (ReferenceGrpoLoss.of(TINY, up, reference, sequences, settings, kl)
                                - ReferenceGrpoLoss.of(TINY, down, reference, sequences, settings, kl))
                        / (2 * step);
                assertThat((double) gradient[i])
                        .as("gradient of value %d", i)
                        .isCloseTo(numeric, within(2e-4 + 2e-3 * Math.abs(numeric)));
            }
        }
    }

    /**
     * Two tokens whose importance ratios are 1.5 and 0.5 by construction, each with advantage 2 and −2 in turn, one
     * divisor of 4 tokens: min(1.5·2, 1.28·2) = 2.56, min(0.5·2, 0.8·2) = 1, min(1.5·−2, 1.28·−2) = −3, min(0.5·−2,
     * 0.8·−2) = −1.6; the loss is −(2.56 + 1 − 3 − 1.6) / 4 = 0.26.
     */
    @Test
    void aWorkedExample() {
        int[] prompt = {3, 1, 4};
        int[] completion = {1, 5};
        try (PolicyTrainer trainer = trainer()) {
            float[] now = trainer.logProbs(List.of(new TokenSequence(prompt, completion)))
                    .get(0);
            float[] behaviour = {(float) (now[0] - Math.log(1.5)), (float) (now[1] - Math.log(0.5))};

            TokenSequence tokens = new TokenSequence(prompt, completion);
            ObjectiveStatistics statistics = trainer.accumulate(
                            List.of(
                                    new TrainingSequence(tokens, behaviour, 1, 2, 0.25),
                                    new TrainingSequence(tokens, behaviour, 1, -2, 0.25)),
                            OBJECTIVE)
                    .objective();

            assertThat(statistics.loss()).isCloseTo(0.26, within(1e-5));
            assertThat(statistics.tokens()).isEqualTo(4);
            assertThat(statistics.ratios().sum()).isCloseTo(4, within(1e-4));
            assertThat(statistics.ratios().maximum()).isCloseTo(1.5, within(1e-5));
            assertThat(statistics.clippedTokens()).isEqualTo(2);
        }
    }

    @Test
    void microBatchesAddUpToTheBatch() {
        List<TrainingSequence> sequences = randomSequences(new SplittableRandom(5), 6);
        try (PolicyTrainer whole = trainer();
                PolicyTrainer parts = trainer()) {
            double loss = whole.accumulate(sequences, OBJECTIVE).objective().loss();
            double sum = parts.accumulate(sequences.subList(0, 2), OBJECTIVE)
                            .objective()
                            .loss()
                    + parts.accumulate(sequences.subList(2, 6), OBJECTIVE)
                            .objective()
                            .loss();

            assertThat(sum).isCloseTo(loss, within(1e-5));
            float[] expected = whole.gradient().values();
            float[] actual = parts.gradient().values();
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
            }
        }
    }

    /** AdamW as its paper writes it, in double precision, over three steps with bounded gradients and decay. */
    @Test
    void theOptimizerIsAdamW() {
        OptimizerSettings settings = new OptimizerSettings(1e-2, 2, 0.8, 0.9, 1e-8, 0.1, 0.5);
        List<TrainingSequence> sequences = randomSequences(new SplittableRandom(6), 3);
        try (PolicyTrainer trainer = new PolicyTrainer(TINY, settings, TrainerState.startingFrom(weights))) {
            for (int step = 1; step <= 3; step++) {
                TrainerState before = trainer.state();
                trainer.accumulate(sequences, OBJECTIVE);
                float[] gradient = trainer.gradient().values();
                StepStatistics statistics = trainer.step();
                TrainerState after = trainer.state();

                double norm = 0;
                for (float g : gradient) {
                    norm += (double) g * g;
                }
                norm = Math.sqrt(norm);
                double rate = step == 1 ? 0.5e-2 : 1e-2;
                assertThat(statistics.step()).isEqualTo(step);
                assertThat(statistics.learningRate()).isCloseTo(rate, within(1e-12));
                assertThat(statistics.gradientNorm()).isCloseTo(norm, within(1e-4 * norm));

                int matrixValue = 5;
                int normValue = TINY.vocabularySize() * TINY.hiddenSize();
                for (int i : new int[] {matrixValue, normValue}) {
                    double g = gradient[i] * Math.min(1, 0.5 / norm);
                    double m = 0.8 * before.firstMoment().values()[i] + 0.2 * g;
                    double v = 0.9 * before.secondMoment().values()[i] + 0.1 * g * g;
                    double decayed = before.weights().values()[i] * (i == matrixValue ? 1 - rate * 0.1 : 1);
                    double expected = decayed
                            - rate
                                    * (m / (1 - Math.pow(0.8, step)))
                                    / (Math.sqrt(v / (1 - Math.pow(0.9, step))) + 1e-8);
                    assertThat((double) after.weights().values()[i]).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    @Test
    void theSameStateAndBatchesGiveTheSameBits() {
        assertThat(hashAfterTraining(1)).isEqualTo(hashAfterTraining(1));
        assertThat(hashAfterTraining(2)).isEqualTo(hashAfterTraining(2));
    }

    private String hashAfterTraining(int workers) {
        SplittableRandom random = new SplittableRandom(8);
        try (PolicyTrainer trainer = new PolicyTrainer(TINY, OPTIMIZER, TrainerState.startingFrom(weights), workers)) {
            for (int step = 0; step < 4; step++) {
                List<List<TokenSequence>> microBatches = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    microBatches.add(List.of(new TokenSequence(
                            TestPolicies.randomTokens(random, 4), TestPolicies.randomTokens(random, 6))));
                }
                trainer.accumulateSupervised(microBatches);
                trainer.step();
                trainer.accumulate(randomSequences(random, 3), OBJECTIVE);
                trainer.step();
            }
            return trainer.weights().sha256();
        }
    }

    @Test
    void aTrainerGoesOnFromASavedStateAsIfNothingHadHappened() {
        List<TrainingSequence> first = randomSequences(new SplittableRandom(9), 3);
        List<TrainingSequence> second = randomSequences(new SplittableRandom(10), 3);
        try (PolicyTrainer whole = trainer()) {
            whole.accumulate(first, OBJECTIVE);
            whole.step();
            TrainerState saved = whole.state();
            whole.accumulate(second, OBJECTIVE);
            whole.step();

            try (PolicyTrainer resumed = new PolicyTrainer(TINY, OPTIMIZER, saved)) {
                resumed.accumulate(first, OBJECTIVE);
                resumed.discard();
                resumed.accumulate(second, OBJECTIVE);
                resumed.step();

                assertThat(resumed.steps()).isEqualTo(2);
                assertThat(resumed.weights().sha256()).isEqualTo(whole.weights().sha256());
            }
        }
    }

    @Test
    void supervisionRaisesTheProbabilityOfWhatItShows() {
        TokenSequence shown = new TokenSequence(new int[] {1, 2}, new int[] {3, 4, 5, 0});
        try (PolicyTrainer trainer = trainer()) {
            double before = trainer.accumulateSupervised(List.of(List.of(shown)));
            trainer.step();
            for (int step = 0; step < 30; step++) {
                trainer.accumulateSupervised(List.of(List.of(shown)));
                trainer.step();
            }
            double after = trainer.accumulateSupervised(List.of(List.of(shown)));

            assertThat(after).isLessThan(before / 4);
        }
    }

    @Test
    void theKlTermNeedsAReference() {
        Objective objective = LossSettings.of("grpo").withKlCoefficient(0.1).objective();
        try (PolicyTrainer trainer = trainer()) {
            assertThatThrownBy(() -> trainer.accumulate(randomSequences(new SplittableRandom(1), 1), objective))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("reference");
        }
    }

    @Test
    void stepsLeaveNoNativeArraysBehind() {
        List<TrainingSequence> sequences = randomSequences(new SplittableRandom(11), 3);
        try (PolicyTrainer trainer = trainer()) {
            trainer.accumulate(sequences, OBJECTIVE);
            trainer.step();
            long settled = trainer.liveArrays();
            for (int step = 0; step < 5; step++) {
                trainer.accumulate(sequences, OBJECTIVE);
                trainer.step();
                trainer.state();
            }

            assertThat(trainer.liveArrays()).isEqualTo(settled);
        }
    }

    private PolicyTrainer trainer() {
        return new PolicyTrainer(TINY, OPTIMIZER, TrainerState.startingFrom(weights));
    }

    /** Behaviour log-probs near the policy's own, so that some ratios are clipped and some are not. */
    private List<TrainingSequence> randomSequences(SplittableRandom random, int count) {
        ReferenceTransformer reference = new ReferenceTransformer(TINY, ReferenceTransformer.widen(weights));
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = TestPolicies.randomTokens(random, 2 + random.nextInt(5));
            int[] completion = TestPolicies.randomTokens(random, 3 + random.nextInt(8));
            double[] logProbs = reference.logProbs(prompt, completion);
            float[] behaviour = new float[logProbs.length];
            for (int t = 0; t < behaviour.length; t++) {
                behaviour[t] = (float) (logProbs[t] + 0.6 * (random.nextDouble() - 0.5));
            }
            sequences.add(new TrainingSequence(
                    new TokenSequence(prompt, completion), behaviour, 1, random.nextDouble() * 3 - 1.5, 1.0 / 20));
        }
        return sequences;
    }
}
