package io.tramontane.jobs.evaluation.coldstart;

import io.tramontane.jobs.data.wordproblems.DemonstrationMix;
import io.tramontane.jobs.data.wordproblems.Demonstrations;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.jobs.evaluation.warmup.DemonstrationTokens;
import io.tramontane.jobs.evaluation.warmup.LearningRateSchedule;
import io.tramontane.jobs.evaluation.warmup.SupervisedTraining;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.schemas.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

/**
 * Fine-tunes a policy on traces and a share of general data: several epochs, each over all sequences in an order of its
 * own. Bit for bit reproducible from student, traces, settings and seed.
 */
public final class ColdStart {

    private final ColdStartSettings settings;
    private final DemonstrationMix general;
    private final long seed;

    /**
     * @param general what the demonstrations are like that make up the general data
     * @param seed of the demonstrations and of the order
     */
    public ColdStart(ColdStartSettings settings, DemonstrationMix general, long seed) {
        this.settings = settings;
        this.general = general;
        this.seed = seed;
    }

    /** How many demonstrations go with so many traces. */
    public int demonstrations(int traces) {
        return settings.generalSequences(traces);
    }

    /**
     * The student after fine-tuning. Trains in the calling thread and as many more as the settings say.
     *
     * @param student reads and writes the tokens of the traces
     * @param traces at least one
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public PolicyBundle run(PolicyBundle student, List<Trace> traces, SupervisedTraining.Progress progress) {
        List<TokenSequence> sequences = new ArrayList<>(traces.size());
        traces.forEach(trace -> sequences.add(trace.sequence()));
        sequences.addAll(generalData(student, demonstrations(traces.size())));
        int batch = settings.batchSize();
        int stepsPerEpoch = (sequences.size() + batch - 1) / batch;
        var rates = new LearningRateSchedule(
                settings.epochs() * stepsPerEpoch,
                settings.learningRate(),
                settings.learningRateWarmUpSteps(),
                settings.finalLearningRateShare());
        Weights weights = new SupervisedTraining(rates, settings.microBatchSize(), settings.threads())
                .run(
                        student.config(),
                        student.weights(),
                        step -> {
                            if (step % stepsPerEpoch == 0) {
                                shuffle(sequences, step / stepsPerEpoch);
                            }
                            int from = step % stepsPerEpoch * batch;
                            return List.copyOf(sequences.subList(from, Math.min(sequences.size(), from + batch)));
                        },
                        progress);
        return student.with(weights);
    }

    private List<TokenSequence> generalData(PolicyBundle student, int count) {
        Demonstrations demonstrations = new Demonstrations(new WordProblems(Identity.seed(seed, "general data")));
        List<TokenSequence> sequences = new ArrayList<>(count);
        try (PolicyTokenizer tokenizer = PolicyTokenizer.parse(student.tokenizerJson(), student.endOfSequence())) {
            for (int i = 0; i < count; i++) {
                sequences.add(DemonstrationTokens.of(demonstrations.next(general), tokenizer));
            }
        }
        return sequences;
    }

    /** Each epoch's order follows from the one before it. */
    private void shuffle(List<TokenSequence> sequences, int epoch) {
        Collections.shuffle(sequences, new Random(Identity.seed(seed, "epoch " + epoch)));
    }
}
