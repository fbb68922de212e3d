package io.tramontane.policy.training;

import static io.tramontane.policy.TestPolicies.END;
import static io.tramontane.policy.TestPolicies.OBJECTIVE;
import static io.tramontane.policy.TestPolicies.OPTIMIZER;
import static io.tramontane.policy.TestPolicies.TINY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.TestPolicies;
import io.tramontane.policy.Weights;
import io.tramontane.policy.generation.GeneratedSequence;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationRequest;
import io.tramontane.policy.generation.GenerationSettings;
import io.tramontane.policy.objective.composition.ObjectiveStatistics;
import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Log-probabilities are those of the distribution that was sampled, in the engine and in the trainer. */
class TemperatureTest {

    private static final float[] TEMPERATURES = {0.6f, 1, 1.7f};

    private final Weights weights = TestPolicies.sharpWeights(3);

    /** Temperatures side by side in one decode step, and then in one micro-batch. */
    @Test
    void withTheSameWeightsEveryRatioIsOneAtAnyTemperature() {
        List<TrainingSequence> sequences =
                generated().stream().map(TemperatureTest::training).toList();
        try (PolicyTrainer trainer = trainer()) {
            ObjectiveStatistics statistics =
                    trainer.accumulate(sequences, OBJECTIVE).objective();

            assertThat(statistics.ratios().sum() / statistics.tokens()).isCloseTo(1, within(1e-4));
            assertThat(statistics.ratios().maximum()).isCloseTo(1, within(1e-3));
            assertThat(statistics.ratios().divergenceSum() / statistics.tokens())
                    .isCloseTo(0, within(1e-6));
        }
    }

    /** p_T(v) is proportional to p(v)^(1/T). */
    @Test
    void recordedLogProbsAreOfTheSoftmaxOfLogitsDividedByTheTemperature() {
        try (PolicyTrainer trainer = trainer()) {
            for (GeneratedSequence sequence : generated()) {
                int[] first = {sequence.tokens()[0]};
                double sum = 0;
                for (int token = 0; token < TINY.vocabularySize(); token++) {
                    sum += Math.exp(atOne(trainer, sequence, token) / sequence.temperature());
                }
                double expected = atOne(trainer, sequence, first[0]) / sequence.temperature() - Math.log(sum);

                assertThat((double) sequence.logProbs()[0]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void greedyCompletionsAreRecordedAtTemperatureOne() {
        GeneratedSequence greedy = generate(List.of(new GenerationRequest("a", new int[] {5, 9}, 6, 0, 1)))
                .get(0);

        assertThat(greedy.temperature()).isEqualTo(1);
        try (PolicyTrainer trainer = trainer()) {
            assertThat(greedy.logProbs()[0])
                    .isCloseTo((float) atOne(trainer, greedy, greedy.tokens()[0]), within(1e-4f));
        }
    }

    private static double atOne(PolicyTrainer trainer, GeneratedSequence sequence, int token) {
        return trainer.logProbs(List.of(new TokenSequence(sequence.promptTokens(), new int[] {token})))
                .get(0)[0];
    }

    private static TrainingSequence training(GeneratedSequence sequence) {
        return new TrainingSequence(
                new TokenSequence(sequence.promptTokens(), sequence.tokens()),
                sequence.logProbs(),
                sequence.temperature(),
                1,
                0.01);
    }

    private List<GeneratedSequence> generated() {
        SplittableRandom random = new SplittableRandom(1);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int[] prompt = TestPolicies.randomTokens(random, 1 + random.nextInt(8));
            float temperature = TEMPERATURES[i % TEMPERATURES.length];
            requests.add(new GenerationRequest("r" + i, prompt, 12, temperature, random.nextLong()));
        }
        return generate(requests);
    }

    private List<GeneratedSequence> generate(List<GenerationRequest> requests) {
        List<GeneratedSequence> finished = new ArrayList<>();
        try (GenerationEngine engine = new GenerationEngine(
                TINY, new GenerationSettings(requests.size(), 40), END, weights, new WeightsVersion(1, 1))) {
            requests.forEach(engine::submit);
            while (finished.size() < requests.size()) {
                finished.addAll(engine.step());
            }
        }
        return finished;
    }

    private PolicyTrainer trainer() {
        return new PolicyTrainer(TINY, OPTIMIZER, TrainerState.startingFrom(weights));
    }
}
