package io.tramontane.jobs.lab.checkpoint;

import io.tramontane.pipeline.batching.BatchSequence;
import io.tramontane.pipeline.batching.BatchSummary;
import io.tramontane.pipeline.batching.GroupStatistics;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.pipeline.batching.TokenLag;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes micro-batch n of an endless training: the same one for the same number. */
final class MicroBatchSource implements MapFunction<Long, MicroBatch> {

    private static final long serialVersionUID = 1L;
    private static final int PROMPT_TOKENS = 4;
    private static final float LOG_PROB = -3f;

    private final int perStep;
    private final int vocabulary;
    private final int completionTokens;

    /**
     * @param perStep micro-batches of a step
     * @param completionTokens of the one sequence in a micro-batch
     */
    MicroBatchSource(int perStep, int vocabulary, int completionTokens) {
        this.perStep = perStep;
        this.vocabulary = vocabulary;
        this.completionTokens = completionTokens;
    }

    @Override
    public MicroBatch map(Long number) {
        int index = (int) (number % perStep);
        long batch = number / perStep + 1;
        var random = new SplittableRandom(number);
        float[] logProbs = new float[completionTokens];
        java.util.Arrays.fill(logProbs, LOG_PROB);
        var sequence = new BatchSequence(
                random.ints(PROMPT_TOKENS, 0, vocabulary).toArray(),
                random.ints(completionTokens, 0, vocabulary).toArray(),
                logProbs,
                1,
                random.nextDouble(-1, 1));
        return new MicroBatch(
                batch,
                index,
                perStep,
                perStep,
                (long) perStep * completionTokens,
                List.of(sequence),
                index == perStep - 1 ? summary(batch) : null);
    }

    private BatchSummary summary(long batch) {
        return new BatchSummary(
                List.of("bench/0/" + batch),
                new int[] {perStep},
                0,
                1,
                GroupStatistics.NONE,
                TokenLag.NONE,
                Map.of(),
                0);
    }
}
