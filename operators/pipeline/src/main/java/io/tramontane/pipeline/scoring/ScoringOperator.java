package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.RewardFunction;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.ScoreCard;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Packed;
import io.tramontane.schemas.ScoredCompletion;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Grades completions beside the stream. Whatever a verifier does, the completion comes out with a verdict of every
 * component that was asked and the job goes on: what takes too long has the verdict TIMEOUT, what fails CRASHED, and
 * both add nothing to the reward.
 *
 * <p>In-flight completions are part of the async operator's checkpoint and graded again on restore.
 */
public final class ScoringFunction extends RichAsyncFunction<Completion, ScoredCompletion> {

    private static final long serialVersionUID = 1L;

    private final ScorerFactory factory;
    private final ScoringSettings settings;
    private transient RewardFunction rewards;
    private transient VerifierPools pools;
    private transient VerifierMetrics metrics;
    /** By the element itself: Flink hands the same one to {@link #timeout}. */
    private transient Map<Completion, CompletionGrading> inFlight;

    public ScoringFunction(ScorerFactory factory, ScoringSettings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        rewards = factory.create();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        pools = new VerifierPools("scoring-" + subtask + "-", settings, rewards);
        metrics = new VerifierMetrics(getRuntimeContext().getMetricGroup(), pools);
        inFlight = Collections.synchronizedMap(new IdentityHashMap<>());
    }

    @Override
    public void asyncInvoke(Completion completion, ResultFuture<ScoredCompletion> result) {
        CompletionGrading grading = new CompletionGrading(rewards, request(completion), pools, metrics);
        inFlight.put(completion, grading);
        grading.start().whenComplete((card, failure) -> {
            inFlight.remove(completion);
            if (failure == null) {
                result.complete(List.of(scored(completion, card)));
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** The grading ends with what has been said, which completes the result. */
    @Override
    public void timeout(Completion completion, ResultFuture<ScoredCompletion> result) {
        CompletionGrading grading = inFlight.get(completion);
        if (grading != null) {
            grading.giveUp("not graded within " + settings.patience().toMillis() + " ms, waiting included");
        }
    }

    private static RewardRequest request(Completion completion) {
        return new RewardRequest(
                completion.getCompletionId(),
                completion.getGroupId(),
                completion.getProblem(),
                completion.getReference(),
                completion.getVerifier(),
                completion.getLanguage(),
                completion.getText(),
                Packed.count(completion.getCompletionTokens()),
                completion.getFinishReason() == FinishReason.LENGTH);
    }

    private static ScoredCompletion scored(Completion completion, ScoreCard card) {
        return new ScoredCompletion(completion, card.reward(), card.components(), 0.0);
    }

    @Override
    public void close() {
        if (pools != null) {
            pools.close();
        }
        if (rewards != null) {
            rewards.close();
        }
    }
}
