package io.tramontane.jobs.evaluation.warmup;

import io.tramontane.jobs.data.wordproblems.DemonstrationMix;
import io.tramontane.jobs.data.wordproblems.Demonstrations;
import io.tramontane.jobs.data.wordproblems.PolicySettings;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.schemas.Identity;
import java.util.ArrayList;
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
    public PolicyBundle run(SupervisedTraining.Progress progress) {
        // Before the native libraries are loaded: an interrupted thread would fail half-way through that.
        SupervisedTraining.failIfInterrupted(0);
        BytePairTrainer bytePairs = new BytePairTrainer(shape.vocabularySize(), Demonstrations.wholeTokens());
        String tokenizerJson = bytePairs.train(Demonstrations.corpus());
        return run(shape.toConfig(shape.vocabularySize()), tokenizerJson, BytePairTrainer.endOfSequence(), progress);
    }

    /**
     * As {@link #run(SupervisedTraining.Progress)}, with the tokenizer of another policy, so that the new one can learn
     * from what that one wrote.
     */
    public PolicyBundle runWithTokenizerOf(PolicyBundle other, SupervisedTraining.Progress progress) {
        SupervisedTraining.failIfInterrupted(0);
        PolicyConfig config = shape.toConfig(other.config().vocabularySize());
        return run(config, other.tokenizerJson(), other.endOfSequence(), progress);
    }

    private PolicyBundle run(
            PolicyConfig config, String tokenizerJson, int endOfSequence, SupervisedTraining.Progress progress) {
        try (PolicyTokenizer tokenizer = PolicyTokenizer.parse(tokenizerJson, endOfSequence)) {
            Demonstrations demonstrations = new Demonstrations(new WordProblems(seed));
            var training =
                    new SupervisedTraining(settings.learningRates(), settings.microBatchSize(), settings.threads());
            Weights weights = training.run(
                    config,
                    Weights.initialise(config, Identity.seed(seed, "weights")),
                    step -> batch(step, demonstrations, tokenizer),
                    progress);
            return new PolicyBundle(config, weights, tokenizerJson, endOfSequence);
        }
    }

    private List<TokenSequence> batch(int step, Demonstrations demonstrations, PolicyTokenizer tokenizer) {
        long calculationSteps = Math.round(settings.calculationShare() * settings.steps());
        DemonstrationMix mix = step < calculationSteps
                ? settings.mix().withChainShare(settings.calculationChainShare())
                : settings.mix();
        List<TokenSequence> batch = new ArrayList<>(settings.batchSize());
        for (int i = 0; i < settings.batchSize(); i++) {
            batch.add(DemonstrationTokens.of(demonstrations.next(mix), tokenizer));
        }
        return batch;
    }
}
