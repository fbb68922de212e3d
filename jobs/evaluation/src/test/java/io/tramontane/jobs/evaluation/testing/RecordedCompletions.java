package io.tramontane.jobs.evaluation.testing;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import io.tramontane.schemas.WeightSpan;
import java.util.List;

/** Groups as a run records them. */
public final class RecordedCompletions {

    private RecordedCompletions() {}

    public static Group group(String problem, ScoredCompletion... completions) {
        return Group.newBuilder()
                .setGroupId("run/0/" + problem)
                .setRunId("run")
                .setProblemId(problem)
                .setLanguage("en")
                .setGroupSize(completions.length)
                .setCompletions(List.of(completions))
                .setRewardMean(0.0)
                .setRewardStd(0.0)
                .setFate(GroupFate.TRAINABLE)
                .build();
    }

    /** In the problem's language and ended by itself. */
    public static ScoredCompletion completion(String id, Verdict verdict, long version, int... tokens) {
        return completion(id, id, verdict, Verdict.CORRECT, FinishReason.STOP, version, tokens);
    }

    /** @param version of the weights that sampled all tokens */
    public static ScoredCompletion completion(
            String id,
            String text,
            Verdict correctness,
            Verdict language,
            FinishReason finish,
            long version,
            int... tokens) {
        Completion completion = Completion.newBuilder()
                .setCompletionId(id)
                .setGroupId("group")
                .setRunId("run")
                .setSampleIndex(0)
                .setGroupSize(1)
                .setProblemId("problem")
                .setProblem("1+1")
                .setReference("2")
                .setLanguage("en")
                .setText(text)
                .setPromptTokens(PackedNumbers.ints(new int[] {5, 6}))
                .setCompletionTokens(PackedNumbers.ints(tokens))
                .setLogProbs(PackedNumbers.floats(new float[tokens.length]))
                .setSpans(List.of(new WeightSpan(1L, version, 0, tokens.length)))
                .setFinishReason(finish)
                .setGeneratorId("generator")
                .setStartedAt(0)
                .setFinishedAt(0)
                .build();
        List<RewardComponent> components = List.of(
                new RewardComponent("format", 0.1, Verdict.CORRECT, "", 1L),
                new RewardComponent("correctness", 0.9, correctness, "", 1L),
                new RewardComponent("language", 0.1, language, "", 1L));
        return new ScoredCompletion(completion, 1.0, components, 0.0);
    }
}
