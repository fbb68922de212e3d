package io.tramontane.pipeline;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.CurriculumStage;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import io.tramontane.schemas.WeightSpan;
import java.util.Arrays;
import java.util.List;

/** Valid completions for tests, all of run {@value #RUN}, each a small variation of the same one. */
public final class TestCompletion {

    public static final String RUN = "run";
    public static final int GROUP_SIZE = 4;

    private final String groupId;
    private final int sample;
    private int groupSize = GROUP_SIZE;
    private int tokens = 3;
    private List<WeightSpan> spans;
    private double reward;
    private int stage;
    private float temperature = 1;
    private FinishReason finishReason = FinishReason.STOP;

    private TestCompletion(String groupId, int sample) {
        this.groupId = groupId;
        this.sample = sample;
    }

    public static TestCompletion of(String problem, int sample) {
        return new TestCompletion(Identity.groupId(RUN, 0, problem), sample);
    }

    public TestCompletion groupSize(int size) {
        groupSize = size;
        return this;
    }

    /** Length in tokens. */
    public TestCompletion tokens(int count) {
        tokens = count;
        return this;
    }

    /** Of this stage of a curriculum. */
    public TestCompletion stage(int number) {
        stage = number;
        return this;
    }

    /** With log-probs at this temperature. */
    public TestCompletion temperature(float value) {
        temperature = value;
        return this;
    }

    public TestCompletion truncated() {
        finishReason = FinishReason.LENGTH;
        return this;
    }

    /** All tokens from one version of incarnation 1. */
    public TestCompletion version(long version) {
        spans = List.of(new WeightSpan(1L, version, 0, tokens));
        return this;
    }

    public TestCompletion spans(WeightSpan... several) {
        spans = List.of(several);
        return this;
    }

    public TestCompletion reward(double value) {
        reward = value;
        return this;
    }

    public Completion completion() {
        int[] ids = new int[tokens];
        float[] logProbs = new float[tokens];
        Arrays.setAll(ids, token -> 10 + token);
        Arrays.fill(logProbs, -0.5f);
        return Completion.newBuilder()
                .setCompletionId(Identity.completionId(groupId, sample))
                .setGroupId(groupId)
                .setRunId(RUN)
                .setSampleIndex(sample)
                .setGroupSize(groupSize)
                .setProblemId("problem")
                .setProblem("How many?")
                .setReference("7")
                .setLanguage("en")
                .setText("text " + sample)
                .setPromptTokens(PackedNumbers.ints(new int[] {1, 2}))
                .setCompletionTokens(PackedNumbers.ints(ids))
                .setLogProbs(PackedNumbers.floats(logProbs))
                .setSpans(spans == null ? List.of(new WeightSpan(1L, 0L, 0, tokens)) : spans)
                .setTemperature(temperature)
                .setFinishReason(finishReason)
                .setGeneratorId("generator")
                .setStartedAt(1L)
                .setFinishedAt(2L)
                .setStage(stage == 0 ? null : new CurriculumStage(stage, 32, 8))
                .build();
    }

    /** With a correctness component that says CORRECT exactly when the reward is positive. */
    public ScoredCompletion scored() {
        var component = new RewardComponent(
                "correctness", reward, reward > 0 ? Verdict.CORRECT : Verdict.WRONG, "as given", 0L);
        return new ScoredCompletion(completion(), reward, List.of(component), 0.0);
    }
}
