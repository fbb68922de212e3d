package io.tramontane.pipeline.training;

import static io.tramontane.pipeline.training.TestBatches.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.files.TrainerStateFiles;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer operator with a real, tiny policy. */
@SuppressWarnings("try") // closing a harness may be interrupted
class PolicyLearnerTest {

    private static final PolicyConfig CONFIG = new PolicyConfig(300, 8, 16, 1, 2, 1, 4, 16, 1e-5, 10_000);

    @TempDir
    static Path directory;

    private static Path policy;

    @BeforeAll
    static void savePolicy() throws IOException {
        policy = directory.resolve("policy");
        String tokenizer = new BytePairTrainer(CONFIG.vocabularySize(), List.of()).train(List.of("some text"));
        PolicyFiles.save(
                policy,
                new PolicyBundle(CONFIG, Weights.initialise(CONFIG, 1), tokenizer, BytePairTrainer.endOfSequence()));
    }

    private static OneInputStreamOperatorTestHarness<MicroBatch, Step> operator() throws Exception {
        TrainingSettings settings = TestBatches.settings(100);
        return new OneInputStreamOperatorTestHarness<>(new TrainerOperator(
                "run", settings, PolicyLearner.startingFrom(policy, settings), RecordedOutlet.named("policy learner")));
    }

    private static void train(OneInputStreamOperatorTestHarness<MicroBatch, Step> operator, int from, int to)
            throws Exception {
        for (int element = from; element < to; element++) {
            operator.processElement(part(1 + element / TestBatches.PARTS, element % TestBatches.PARTS), 0);
        }
    }

    @Test
    void aRestoreInTheMiddleOfAStepChangesNoBitOfTheWeights() throws Exception {
        List<Step> uninterrupted;
        try (var operator = Harness.start(operator())) {
            train(operator, 0, 9);
            uninterrupted = Harness.drain(operator);
        }
        List<Step> interrupted = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(operator())) {
            train(operator, 0, 5);
            interrupted.addAll(Harness.drain(operator));
            snapshot = operator.snapshot(1, 1);
            train(operator, 5, 6);
        }
        try (var operator = Harness.start(operator(), snapshot)) {
            train(operator, 5, 9);
            operator.setProcessingTime(1);
            operator.setProcessingTime(2);
            interrupted.addAll(Harness.drain(operator));
        }

        assertThat(interrupted)
                .hasSize(3)
                .extracting(Step::getWeightsHash)
                .isEqualTo(uninterrupted.stream().map(Step::getWeightsHash).toList());
        assertThat(uninterrupted).extracting(Step::getWeightsHash).doesNotHaveDuplicates();
    }

    @Test
    void goesOnFromAStoredStateBitForBit() throws Exception {
        TrainingSettings settings = TestBatches.settings(100);
        List<Step> straight;
        try (var operator = Harness.start(operator())) {
            train(operator, 0, 4 * TestBatches.PARTS);
            straight = Harness.drain(operator);
        }
        Path stored = directory.resolve("stored");
        try (Learner learner = PolicyLearner.startingFrom(policy, settings).create(Optional.empty())) {
            StepRunner runner = new StepRunner(learner, settings.loss());
            for (int element = 0; element < 2 * TestBatches.PARTS; element++) {
                runner.accept(part(1 + element / TestBatches.PARTS, element % TestBatches.PARTS));
            }
            TrainerStateFiles.save(stored, PolicyFiles.load(policy), learner.state());
        }
        List<Step> goneOn = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (var operator = Harness.start(goingOn(stored, settings))) {
            train(operator, 2 * TestBatches.PARTS, 3 * TestBatches.PARTS);
            goneOn.addAll(Harness.drain(operator));
            snapshot = operator.snapshot(1, 1);
        }
        try (var operator = Harness.start(goingOn(stored, settings), snapshot)) {
            train(operator, 3 * TestBatches.PARTS, 4 * TestBatches.PARTS);
            goneOn.addAll(Harness.drain(operator));
        }

        assertThat(goneOn)
                .extracting(Step::getStep, Step::getWeightsHash)
                .isEqualTo(straight.subList(2, 4).stream()
                        .map(step -> tuple(step.getStep(), step.getWeightsHash()))
                        .toList());
    }

    private static OneInputStreamOperatorTestHarness<MicroBatch, Step> goingOn(Path stored, TrainingSettings settings)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new TrainerOperator(
                "run",
                settings,
                PolicyLearner.goingOnFrom(stored, policy, settings),
                RecordedOutlet.named("stored state")));
    }

    @Test
    void refusesStateOfAnotherPolicy() {
        var other = new PolicyConfig(300, 16, 16, 1, 2, 1, 4, 16, 1e-5, 10_000);
        var state = TrainerState.initialise(other, 1);
        LearnerFactory factory = PolicyLearner.startingFrom(policy, TestBatches.settings(1));

        assertThatThrownBy(() -> factory.create(Optional.of(state)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other tensors");
    }
}
