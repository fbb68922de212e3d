package io.tramontane.jobs.lab.throughput;

import io.tramontane.jobs.data.wordproblems.Demonstration;
import io.tramontane.jobs.data.wordproblems.DemonstrationMix;
import io.tramontane.jobs.data.wordproblems.Demonstrations;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.WeightSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Completions of about 2 KB encoded, as a policy would write them: long thoughts, an answer that is right or wrong, one
 * in eight cut off by the token budget. They are interleaved so that the wanted number of groups is open at any time:
 * each of that many lanes goes through its groups one behind the other, and the lanes are out of step, so that groups
 * open and close evenly. The same arguments give the same completions.
 *
 * <p>Not thread-safe.
 */
final class CompletionSequence {

    static final int GROUP_SIZE = 16;

    private static final int DISTINCT = 509;
    private static final int CUT_OFF_ONE_IN = 8;
    private static final int TEXT_CHARACTERS = 620;
    private static final int PROMPT_TOKENS = 32;
    private static final int TOKENS = 126;
    private static final int VOCABULARY = 32_000;
    private static final long SEED = 1;
    private static final DemonstrationMix MIX = new DemonstrationMix(0.6, 0.2, 0.1, 0.7);
    private static final String CLOSE = "</think>";

    private final String runId;
    private final long groups;
    private final int openGroups;
    private final List<Completion> templates = new ArrayList<>();

    /**
     * @param groups of {@value #GROUP_SIZE} completions each
     * @param openGroups at any time, save at the beginning and at the end
     */
    CompletionSequence(String runId, long groups, int openGroups) {
        this.runId = runId;
        this.groups = groups;
        this.openGroups = openGroups;
        Demonstrations demonstrations = new Demonstrations(new WordProblems(SEED));
        SplittableRandom random = new SplittableRandom(SEED);
        for (int number = 0; number < DISTINCT; number++) {
            templates.add(template(demonstrations, random, number % CUT_OFF_ONE_IN == 0));
        }
    }

    /** Hands over all completions in their order, each a record of its own. */
    void forEach(Consumer<Completion> consumer) {
        for (long round = 0; ; round++) {
            boolean any = false;
            for (int lane = 0; lane < openGroups; lane++) {
                long step = round - lane % GROUP_SIZE;
                long group = lane + openGroups * Math.floorDiv(step, (long) GROUP_SIZE);
                if (group < groups) {
                    any = true;
                    if (step >= 0) {
                        consumer.accept(completion(group, (int) (step % GROUP_SIZE)));
                    }
                }
            }
            if (!any) {
                return;
            }
        }
    }

    private Completion completion(long group, int sample) {
        Completion template = templates.get((int) ((group * GROUP_SIZE + sample) % DISTINCT));
        // All samples of a group answer the same problem.
        Completion problem = templates.get((int) (group % DISTINCT));
        String groupId = Identity.groupId(runId, 0, "problem-" + group);
        return Completion.newBuilder(template)
                .setCompletionId(Identity.completionId(groupId, sample))
                .setGroupId(groupId)
                .setRunId(runId)
                .setSampleIndex(sample)
                .setProblemId("problem-" + group)
                .setProblem(problem.getProblem())
                .setReference(problem.getReference())
                .setLanguage(problem.getLanguage())
                .setVerifier(problem.getVerifier())
                .build();
    }

    private static Completion template(Demonstrations demonstrations, SplittableRandom random, boolean cutOff) {
        Demonstration last = demonstrations.next(MIX);
        StringBuilder text = new StringBuilder("<think>");
        while (text.length() < TEXT_CHARACTERS) {
            text.append(thoughts(demonstrations.next(MIX).completion())).append('\n');
        }
        if (!cutOff) {
            text.append(last.completion().substring("<think>".length()));
        }
        return Completion.newBuilder()
                .setCompletionId("")
                .setGroupId("")
                .setRunId("")
                .setSampleIndex(0)
                .setGroupSize(GROUP_SIZE)
                .setProblemId("")
                .setProblem(last.problem().text())
                .setReference(last.problem().reference())
                .setLanguage(last.problem().language())
                .setVerifier(last.problem().verifier())
                .setText(text.toString())
                .setPromptTokens(PackedNumbers.ints(tokens(random, PROMPT_TOKENS)))
                .setCompletionTokens(PackedNumbers.ints(tokens(random, TOKENS)))
                .setLogProbs(PackedNumbers.floats(logProbs(random)))
                .setSpans(List.of(new WeightSpan(0L, 0L, 0, TOKENS)))
                .setFinishReason(cutOff ? FinishReason.LENGTH : FinishReason.STOP)
                .setGeneratorId("generator-1")
                .setStartedAt(1_700_000_000_000L)
                .setFinishedAt(1_700_000_002_000L)
                .build();
    }

    private static String thoughts(String completion) {
        return completion.substring("<think>".length(), completion.indexOf(CLOSE));
    }

    private static int[] tokens(SplittableRandom random, int count) {
        return random.ints(count, 0, VOCABULARY).toArray();
    }

    private static float[] logProbs(SplittableRandom random) {
        float[] values = new float[TOKENS];
        for (int token = 0; token < TOKENS; token++) {
            values[token] = (float) Math.log(1 - random.nextDouble());
        }
        return values;
    }
}
