package io.tramontane.jobs.warmup;

import io.tramontane.jobs.wordproblems.Demonstration;
import io.tramontane.jobs.wordproblems.DemonstrationMix;
import io.tramontane.jobs.wordproblems.Demonstrations;
import io.tramontane.jobs.wordproblems.WordProblems;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.grpo.LossDivisor;
import io.tramontane.policy.grpo.LossSettings;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.policy.training.OptimizerSettings;
import io.tramontane.policy.training.PolicyTrainer;
import io.tramontane.policy.training.SupervisedSequence;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Makes the base policy of the built-in task: trains a tokenizer, then the policy on noisy demonstrations. The policy
 * learns to calculate, to keep the form and to write four languages; the mix of its last steps leaves it mostly
 * guessing and often thinking in the wrong language.
 *
 * <p>Bit for bit reproducible from settings and seed; the number of threads is one of the settings.
 */
public final class WarmUp {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.98;
    private static final double EPSILON = 1e-9;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double MAXIMUM_GRADIENT_NORM = 1.0;

    /** Told after every step. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param step steps done
         * @param steps steps in all
         * @param loss mean cross-entropy of a completion token, nats
         */
        void step(int step, int steps, double loss);
    }

    private final PolicySettings shape;
    private final WarmUpSettings settings;
    private final long seed;

    /** @param seed of weights and demonstrations */
    public WarmUp(PolicySettings shape, WarmUpSettings settings, long seed) {
        this.shape = shape;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * Trains in the calling thread and as many more as the settings say.
     *
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public PolicyBundle run(Progress progress) {
        // Before the native libraries are loaded: an interrupted thread would fail half-way through that.
        failIfInterrupted(0);
        BytePairTrainer bytePairs = new BytePairTrainer(shape.vocabularySize(), Demonstrations.wholeTokens());
        String tokenizerJson = bytePairs.train(Demonstrations.corpus());
        try (PolicyTokenizer tokenizer = PolicyTokenizer.parse(tokenizerJson, BytePairTrainer.endOfSequence())) {
            PolicyConfig config = shape.toConfig(shape.vocabularySize());
            TrainerState start = TrainerState.initialise(config, Identity.seed(seed, "weights"));
            try (PolicyTrainer trainer = new PolicyTrainer(config, optimizer(), unused(), start, settings.threads())) {
                train(trainer, tokenizer, progress);
                return new PolicyBundle(config, trainer.weights(), tokenizerJson, tokenizer.endOfSequence());
            }
        }
    }

    private void train(PolicyTrainer trainer, PolicyTokenizer tokenizer, Progress progress) {
        Demonstrations demonstrations = new Demonstrations(new WordProblems(seed));
        DemonstrationMix calculations = settings.mix().withChainShare(settings.calculationChainShare());
        long calculationSteps = Math.round(settings.calculationShare() * settings.steps());
        for (int step = 0; step < settings.steps(); step++) {
            failIfInterrupted(step);
            DemonstrationMix mix = step < calculationSteps ? calculations : settings.mix();
            List<SupervisedSequence> batch = new ArrayList<>(settings.batchSize());
            for (int i = 0; i < settings.batchSize(); i++) {
                batch.add(sequence(demonstrations.next(mix), tokenizer));
            }
            double loss = trainer.accumulateSupervised(microBatches(batch));
            trainer.step(settings.learningRateAt(step));
            progress.step(step + 1, settings.steps(), loss);
        }
    }

    private static void failIfInterrupted(int step) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the warm-up was interrupted after " + step + " steps");
        }
    }

    private static SupervisedSequence sequence(Demonstration demonstration, PolicyTokenizer tokenizer) {
        int[] completion = tokenizer.encode(demonstration.completion());
        int[] ended = Arrays.copyOf(completion, completion.length + 1);
        ended[completion.length] = tokenizer.endOfSequence();
        return new SupervisedSequence(tokenizer.encode(demonstration.problem().text()), ended);
    }

    /** Sequences of like length together, so that little is padding. */
    private List<List<SupervisedSequence>> microBatches(List<SupervisedSequence> batch) {
        List<SupervisedSequence> sorted = batch.stream()
                .sorted(Comparator.comparingInt(
                        sequence -> sequence.promptTokens().length + sequence.completionTokens().length))
                .toList();
        List<List<SupervisedSequence>> microBatches = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += settings.microBatchSize()) {
            microBatches.add(sorted.subList(from, Math.min(sorted.size(), from + settings.microBatchSize())));
        }
        return microBatches;
    }

    private OptimizerSettings optimizer() {
        return new OptimizerSettings(
                settings.learningRate(), 0, BETA_1, BETA_2, EPSILON, WEIGHT_DECAY, MAXIMUM_GRADIENT_NORM);
    }

    /** A trainer asks for the settings of the GRPO loss, which supervision does not use. */
    private static LossSettings unused() {
        return new LossSettings(0.2, 0.28, LossDivisor.TOTAL_TOKENS, 1, 0, 0);
    }
}
