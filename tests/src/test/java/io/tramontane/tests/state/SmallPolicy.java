package io.tramontane.tests.state;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A base policy of some thousand parameters that has learned nothing. */
public final class SmallPolicy {

    private static final PolicyConfig CONFIG = new PolicyConfig(300, 8, 12, 1, 2, 1, 4, 64, 1e-6, 10_000);

    private SmallPolicy() {}

    /** Writes it into a folder that is not there yet. */
    public static void save(Path folder) throws IOException {
        String tokenizer = new BytePairTrainer(300, List.of()).train(List.of("a problem"));
        PolicyFiles.save(
                folder,
                new PolicyBundle(CONFIG, Weights.initialise(CONFIG, 1), tokenizer, BytePairTrainer.endOfSequence()));
    }
}
