package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.ScoreCard;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Packed;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Grades completions beside the stream. Whatever a verifier does, the completion comes out with a reward and the job
 * goes on: one that takes too long has the verdict TIMEOUT and one that fails the verdict CRASHED, both with reward 0.
 *
 * <p>In-flight completions are part of the async operator's checkpoint and graded again on restore.
 */
public final class ScoringFunction extends RichAsyncFunction<Completion, ScoredCompletion> {

    private static final long serialVersionUID = 1L;

    private final ScorerFactory factory;
    private final ScoringSettings settings;
    private transient Scorer scorer;
    private transient DeadlinePool pool;
    private transient Counter timeouts;
    private transient Counter crashes;

    public ScoringFunction(ScorerFactory factory, ScoringSettings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        scorer = factory.create();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        pool = new DeadlinePool("scoring-" + subtask, settings.threads(), settings.deadline());
        var metrics = getRuntimeContext().getMetricGroup();
        timeouts = metrics.counter("timeouts");
        crashes = metrics.counter("crashes");
        metrics.gauge("overdueVerifiers", pool::overdue);
    }

    @Override
    public void asyncInvoke(Completion completion, ResultFuture<ScoredCompletion> result) {
        pool.submit(() -> scorer.score(request(completion))).whenComplete((card, failure) -> {
            result.complete(List.of(failure == null ? scored(completion, card) : failed(completion, failure)));
        });
    }

    @Override
    public void timeout(Completion completion, ResultFuture<ScoredCompletion> result) {
        result.complete(List.of(failed(completion, new TimeoutException("not graded within " + settings.patience()))));
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

    private ScoredCompletion failed(Completion completion, Throwable failure) {
        boolean late = failure instanceof TimeoutException;
        (late ? timeouts : crashes).inc();
        String reason = late ? failure.getMessage() : "the reward function failed: " + failure;
        var component =
                new RewardComponent(CorrectnessGrader.NAME, 0.0, late ? Verdict.TIMEOUT : Verdict.CRASHED, reason, 0L);
        return new ScoredCompletion(completion, 0.0, List.of(component), 0.0);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
