package io.tramontane.policy.training;

import static io.tramontane.policy.TestPolicies.END;
import static io.tramontane.policy.TestPolicies.TINY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.policy.TestPolicies;
import io.tramontane.policy.generation.GeneratedSequence;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationRequest;
import io.tramontane.policy.generation.GenerationSettings;
import io.tramontane.policy.objective.AdvantageMoments;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.policy.objective.PolicyLossPlugin;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.objective.composition.Objective;
import io.tramontane.policy.training.RateSchedule.Form;
import io.tramontane.schemas.WeightsVersion;
import io.tramontane.schemas.plugin.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every loss on the class path on the smallest task there is: one token to be found among all. Batches of three
 * minibatches, so that the later steps are off-policy, with a learning rate that falls, at a temperature that is not 1.
 */
class EveryLossLearnsTest {

    private static final int[] PROMPT = {3, 1, 4};
    private static final int WANTED = 7;
    private static final int BATCHES = 12;
    private static final int MINIBATCHES = 3;
    private static final int COMPLETIONS = 48;
    private static final float TEMPERATURE = 1.3f;

    static Stream<String> losses() {
        return Plugins.<PolicyLossPlugin<?>>onClassPath(PolicyLossPlugin.class, "loss").names().stream();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theWantedTokenBecomesMoreLikely(String loss) {
        Objective objective = LossSettings.of(loss).objective();
        OptimizerSettings optimizer = new OptimizerSettings(
                5e-3, 3, 0.9, 0.95, 1e-8, 0, 1, new RateSchedule(Form.COSINE, BATCHES * MINIBATCHES, 0.1));
        try (PolicyTrainer trainer =
                        new PolicyTrainer(TINY, optimizer, TrainerState.startingFrom(TestPolicies.sharpWeights(3)));
                GenerationEngine engine = new GenerationEngine(
                        TINY,
                        new GenerationSettings(COMPLETIONS, 8),
                        END,
                        trainer.weights(),
                        new WeightsVersion(1, 0))) {
            double before = logProb(trainer);
            double largest = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                List<GeneratedSequence> completions = completions(engine, batch);
                int size = COMPLETIONS / MINIBATCHES;
                for (int from = 0; from < COMPLETIONS; from += size) {
                    largest = Math.max(
                            largest,
                            trainer.accumulate(minibatch(completions.subList(from, from + size)), objective)
                                    .objective()
                                    .ratios()
                                    .maximum());
                    trainer.step();
                }
                engine.swap(trainer.weights(), new WeightsVersion(1, trainer.steps()));
            }

            assertThat(largest).as("later minibatches are off-policy").isGreaterThan(1.001);
            assertThat(logProb(trainer)).isGreaterThan(before + 0.5);
        }
    }

    private static double logProb(PolicyTrainer trainer) {
        return trainer.logProbs(List.of(new TokenSequence(PROMPT, new int[] {WANTED})))
                .get(0)[0];
    }

    private static List<GeneratedSequence> completions(GenerationEngine engine, int batch) {
        for (int i = 0; i < COMPLETIONS; i++) {
            engine.submit(new GenerationRequest(batch + "/" + i, PROMPT, 1, TEMPERATURE, batch * 1_000L + i * 7_919L));
        }
        List<GeneratedSequence> finished = new ArrayList<>();
        while (finished.size() < COMPLETIONS) {
            finished.addAll(engine.step());
        }
        return finished;
    }

    private static List<TrainingSequence> minibatch(List<GeneratedSequence> completions) {
        double[] rewards = completions.stream()
                .mapToDouble(completion -> completion.tokens()[0] == WANTED ? 1 : 0)
                .toArray();
        double std = AdvantageMoments.of(rewards).std();
        double[] advantages = AdvantageNormalisation.MINIBATCH.normalised(
                rewards, DoubleStream.generate(() -> std).limit(rewards.length).toArray());
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < advantages.length; i++) {
            GeneratedSequence completion = completions.get(i);
            sequences.add(new TrainingSequence(
                    new TokenSequence(completion.promptTokens(), completion.tokens()),
                    completion.logProbs(),
                    completion.temperature(),
                    advantages[i],
                    1.0 / advantages.length));
        }
        return sequences;
    }
}
