package io.tramontane.jobs.lab.scoring;

import io.tramontane.jobs.data.wordproblems.Demonstration;
import io.tramontane.jobs.data.wordproblems.DemonstrationMix;
import io.tramontane.jobs.data.wordproblems.Demonstrations;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.WeightSpan;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes the n-th completion of a scoring benchmark: answers to word problems, right and wrong, in four languages. */
final class JudgedCompletions extends RichMapFunction<Long, Completion> {

    private static final long serialVersionUID = 1L;

    private static final int DISTINCT = 512;
    private static final int GROUP_SIZE = 16;
    private static final int TOKENS = 30;
    private static final long SEED = 1;
    private static final DemonstrationMix MIX = new DemonstrationMix(0.5, 0.2, 0, 0.7);
    private static final String RUN = "bench";

    private transient List<Demonstration> demonstrations;

    @Override
    public void open(OpenContext context) {
        Demonstrations source = new Demonstrations(new WordProblems(SEED));
        demonstrations = Stream.generate(() -> source.next(MIX)).limit(DISTINCT).toList();
    }

    /** The identity of the n-th completion. */
    static String completionId(long number) {
        return Identity.completionId(groupId(number), (int) (number % GROUP_SIZE));
    }

    private static String groupId(long number) {
        return Identity.groupId(RUN, 0, Long.toString(number / GROUP_SIZE));
    }

    @Override
    public Completion map(Long number) {
        Demonstration demonstration = demonstrations.get((int) (number % DISTINCT));
        return Completion.newBuilder()
                .setCompletionId(completionId(number))
                .setGroupId(groupId(number))
                .setRunId(RUN)
                .setSampleIndex((int) (number % GROUP_SIZE))
                .setGroupSize(GROUP_SIZE)
                .setProblemId(demonstration.problem().id())
                .setProblem(demonstration.problem().text())
                .setReference(demonstration.problem().reference())
                .setVerifier(demonstration.problem().verifier())
                .setLanguage(demonstration.problem().language())
                .setText(demonstration.completion())
                .setPromptTokens(PackedNumbers.ints(new int[TOKENS]))
                .setCompletionTokens(PackedNumbers.ints(new int[TOKENS]))
                .setLogProbs(PackedNumbers.floats(new float[TOKENS]))
                .setSpans(List.of(new WeightSpan(0L, 0L, 0, TOKENS)))
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId("bench")
                .setStartedAt(0)
                .setFinishedAt(0)
                .build();
    }
}
