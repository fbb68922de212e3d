package io.tramontane.jobs.lab.scoring;

import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.scoring.ScoringSettings;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Scoring as one would write it for Flink's asynchronous I/O: as many threads as {@code ScoringOperator} has, in two
 * fixed pools, of which one grades by the quick verifiers and one by those of the user. At Flink's timeout the verdict
 * of what has not answered is TIMEOUT and its thread is interrupted.
 */
final class AsyncGradingFunction extends RichAsyncFunction<Completion, ScoredCompletion> {

    private static final long serialVersionUID = 1L;

    private final ScorerFactory factory;
    private final ScoringSettings settings;

    private transient RewardFunction rewards;
    private transient ExecutorService quick;
    private transient ExecutorService custom;
    private transient Map<String, Attempt> attempts;

    AsyncGradingFunction(ScorerFactory factory, ScoringSettings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        rewards = factory.create();
        quick = threads(settings.threads());
        custom = threads(settings.custom().threads());
        attempts = new ConcurrentHashMap<>();
    }

    private static ExecutorService threads(int count) {
        return Executors.newFixedThreadPool(count, runnable -> {
            Thread thread = new Thread(runnable, "async-grading");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void asyncInvoke(Completion completion, ResultFuture<ScoredCompletion> result) {
        Attempt attempt = new Attempt(completion, result);
        attempts.put(completion.getCompletionId(), attempt);
        quick.execute(attempt::begin);
    }

    @Override
    public void timeout(Completion completion, ResultFuture<ScoredCompletion> result) {
        Attempt attempt = attempts.get(completion.getCompletionId());
        if (attempt != null) {
            attempt.giveUp();
        }
    }

    @Override
    public void close() {
        if (rewards != null) {
            quick.shutdownNow();
            custom.shutdownNow();
            rewards.close();
        }
    }

    /** One completion in grading; the first verdict on a component counts. */
    private final class Attempt {
        private final Completion completion;
        private final RewardRequest request;
        private final ResultFuture<ScoredCompletion> result;
        private final List<WeightedGrader> graders = rewards.graders();
        private final AtomicReferenceArray<RewardComponent> said = new AtomicReferenceArray<>(graders.size());
        private final AtomicInteger unsaid = new AtomicInteger(graders.size());
        private volatile RewardComponent gate;
        private volatile Future<?> judging;

        private Attempt(Completion completion, ResultFuture<ScoredCompletion> result) {
            this.completion = completion;
            this.request = RewardRequest.of(completion);
            this.result = result;
        }

        private void begin() {
            ParsedCompletion parsed = rewards.parse(request);
            if (rewards.gate().isPresent()) {
                gate = rewards.gate().get().grade(request, parsed);
                if (gate.getVerdict() != Verdict.CORRECT) {
                    emit(RewardFunction.stoppedAtGate(gate));
                    return;
                }
            }
            if (graders.stream().anyMatch(WeightedGrader::custom)) {
                try {
                    judging = custom.submit(() -> grade(parsed, true));
                } catch (RejectedExecutionException closed) {
                    return;
                }
            }
            grade(parsed, false);
        }

        private void grade(ParsedCompletion parsed, boolean ofTheUser) {
            for (int position = 0; position < graders.size(); position++) {
                WeightedGrader grader = graders.get(position);
                if (grader.custom() == ofTheUser) {
                    say(position, grader.grade(request, parsed));
                }
            }
        }

        private void say(int position, RewardComponent component) {
            if (said.compareAndSet(position, null, component) && unsaid.decrementAndGet() == 0) {
                List<RewardComponent> components =
                        IntStream.range(0, graders.size()).mapToObj(said::get).toList();
                RewardComponent first = gate;
                emit(RewardFunction.card(
                        first == null
                                ? components
                                : Stream.concat(Stream.of(first), components.stream())
                                        .toList()));
            }
        }

        private void giveUp() {
            for (int position = 0; position < graders.size(); position++) {
                say(position, graders.get(position).component(Grade.timeout("not in time"), 0));
            }
            Future<?> running = judging;
            if (running != null) {
                running.cancel(true);
            }
        }

        private void emit(ScoreCard card) {
            attempts.remove(completion.getCompletionId());
            result.complete(List.of(new ScoredCompletion(completion, card.reward(), card.components(), 0.0)));
        }
    }
}
