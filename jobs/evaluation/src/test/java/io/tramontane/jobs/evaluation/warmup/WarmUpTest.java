package io.tramontane.jobs.evaluation.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.jobs.data.wordproblems.DemonstrationMix;
import io.tramontane.jobs.data.wordproblems.PolicySettings;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.evaluation.EvaluationSettings;
import io.tramontane.jobs.evaluation.Evaluator;
import io.tramontane.jobs.evaluation.MeasuredConfig;
import io.tramontane.jobs.evaluation.PeriodicSettings;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.rewards.composition.RewardFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A policy too small and trained too briefly to be any good, but made and measured as the real one is. */
class WarmUpTest {

    private static final PolicySettings TINY = new PolicySettings(512, 16, 32, 1, 2, 1, 8, 160);
    private static final DemonstrationMix MIX = new DemonstrationMix(0.2, 0.05, 0.0, 0.45);

    @Test
    void lossFallsAndTheSameSeedGivesTheSamePolicy() {
        List<Double> losses = new ArrayList<>();

        PolicyBundle first = new WarmUp(TINY, settings(20), 1).run((step, steps, loss) -> losses.add(loss));
        PolicyBundle again = new WarmUp(TINY, settings(20), 1).run((step, steps, loss) -> {});
        PolicyBundle other = new WarmUp(TINY, settings(20), 2).run((step, steps, loss) -> {});

        assertThat(losses).hasSize(20);
        assertThat(losses.get(19)).isLessThan(losses.get(0) - 0.3);
        assertThat(again.weights().sha256()).isEqualTo(first.weights().sha256());
        assertThat(other.weights().sha256()).isNotEqualTo(first.weights().sha256());
        assertThat(other.tokenizerJson()).isEqualTo(first.tokenizerJson());
    }

    @Test
    void evaluationCountsEveryHeldOutProblemOnceAndIsReproducible() {
        PolicyBundle policy = new WarmUp(TINY, settings(2), 1).run((step, steps, loss) -> {});
        WordProblems problems = new WordProblems(1);
        try (PolicyTokenizer tokenizer = PolicyTokenizer.parse(policy.tokenizerJson(), policy.endOfSequence())) {
            Evaluator evaluator = evaluator(2, 1f, problems, tokenizer);
            List<Integer> progress = new ArrayList<>();

            Evaluation evaluation =
                    evaluator.evaluate(policy.config(), policy.weights(), (done, of) -> progress.add(done));

            assertThat(evaluation.completions()).isEqualTo(48);
            assertThat(evaluation.problems()).isEqualTo(24);
            assertThat(evaluation.meanTokens()).isBetween(1.0, 12.0);
            assertThat(evaluation.passAt1()).isBetween(evaluation.confidenceLow(), evaluation.confidenceHigh());
            assertThat(evaluation.passAt1ByLanguage()).containsOnlyKeys("en", "fr", "de", "es");
            assertThat(progress).isSorted().endsWith(48);
            assertThat(evaluator.evaluate(policy.config(), policy.weights(), (done, of) -> {}))
                    .isEqualTo(evaluation);
            Evaluator greedy = evaluator(1, 0f, problems, tokenizer);
            assertThat(greedy.evaluate(policy.config(), policy.weights(), (done, of) -> {})
                            .completions())
                    .isEqualTo(24);
        }
    }

    @Test
    void interruptEndsIt() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> new WarmUp(TINY, settings(5), 1).run((step, steps, loss) -> {}));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void learningRateRisesAndFalls() {
        LearningRateSchedule rates = new LearningRateSchedule(100, 2e-3, 10, 0.1);

        assertThat(rates.at(0)).isCloseTo(2e-4, within(1e-12));
        assertThat(rates.at(9)).isCloseTo(2e-3, within(1e-12));
        assertThat(rates.at(55)).isCloseTo(1.1e-3, within(1e-12));
        assertThat(rates.at(99)).isBetween(2e-4, 2.1e-4);
    }

    private static Evaluator evaluator(
            int samples, float temperature, WordProblems problems, PolicyTokenizer tokenizer) {
        return new Evaluator(
                new EvaluationSettings(24, samples, temperature, 12, 7, 0.95, new PeriodicSettings(0, 1, 1, 1, 1)),
                problems.heldOut(24),
                tokenizer,
                rewards(),
                5);
    }

    private static WarmUpSettings settings(int steps) {
        return new WarmUpSettings(steps, 8, 4, 2, 5e-3, 2, 0.1, 0.5, 1, MIX);
    }

    private static RewardFunction rewards() {
        return new RewardFunction(MeasuredConfig.loader().load().reward());
    }
}
