package io.tramontane.pipeline.scoring;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * One completion on its way through the pools. It is taken apart and meets the gate on the pool of what is quick; then
 * all pools grade their components side by side, each its own one behind the other.
 *
 * <p>A component that does not come to an end within its pool's deadline has the verdict TIMEOUT; the components behind
 * it go on in another thread, and what the others have said stays. The reward is the sum of what was said: a component
 * without an answer adds nothing. The first verdict on a component counts, so that a late one changes nothing.
 *
 * <p>Used by the thread that starts it, those of the pools and the one that gives up; all that they share is atomic.
 */
final class CompletionGrading {

    private final RewardFunction rewards;
    private final RewardRequest request;
    private final VerifierPools pools;
    private final GradingListener listener;

    /** The gate first where there is one, then the graders. */
    private final List<WeightedGrader> graders = new ArrayList<>();

    private final AtomicReferenceArray<RewardComponent> said;
    private final AtomicInteger unsaid;
    private final AtomicBoolean spread = new AtomicBoolean();
    private final Queue<CompletableFuture<?>> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<ScoreCard> card = new CompletableFuture<>();
    private volatile ParsedCompletion parsed;

    CompletionGrading(RewardFunction rewards, RewardRequest request, VerifierPools pools, GradingListener listener) {
        this.rewards = rewards;
        this.request = request;
        this.pools = pools;
        this.listener = listener;
        rewards.gate().ifPresent(graders::add);
        graders.addAll(rewards.graders());
        said = new AtomicReferenceArray<>(graders.size());
        unsaid = new AtomicInteger(graders.size());
    }

    /** Begins; the reward comes when every component has a verdict, and never fails. */
    CompletableFuture<ScoreCard> start() {
        List<Integer> positions = new ArrayList<>();
        if (gated()) {
            positions.add(0);
        }
        positions.addAll(positionsOn(pools.builtIn()));
        submit(new Segment(pools.builtIn(), positions));
        return card;
    }

    /** Ends now: what has not been said has the verdict TIMEOUT. */
    void giveUp(String reason) {
        for (int position = 0; position < graders.size() && !card.isDone(); position++) {
            timeOut(position, reason, 0);
        }
        tasks.forEach(task -> task.cancel(true));
    }

    private boolean gated() {
        return rewards.gate().isPresent();
    }

    private boolean isGate(int position) {
        return position == 0 && gated();
    }

    private List<Integer> positionsOn(DeadlinePool pool) {
        List<Integer> positions = new ArrayList<>(graders.size());
        for (int position = gated() ? 1 : 0; position < graders.size(); position++) {
            if (poolOf(position) == pool) {
                positions.add(position);
            }
        }
        return positions;
    }

    private DeadlinePool poolOf(int position) {
        return pools.of(graders.get(position), request);
    }

    /** Hands the components of the other pools to these, once. */
    private void spread() {
        if (!spread.compareAndSet(false, true)) {
            return;
        }
        for (DeadlinePool pool : pools.byName().values()) {
            List<Integer> positions = pool == pools.builtIn() ? List.of() : positionsOn(pool);
            if (!positions.isEmpty()) {
                submit(new Segment(pool, positions));
            }
        }
    }

    private void submit(Segment segment) {
        CompletableFuture<Void> task = segment.pool.submit(segment);
        tasks.add(task);
        task.whenComplete((nothing, failure) -> {
            if (failure instanceof TimeoutException) {
                segment.expire(failure.getMessage());
            } else if (failure != null && !task.isCancelled()) {
                segment.fail(failure);
            }
        });
    }

    /** Whether this is the first verdict on the component. */
    private boolean say(int position, RewardComponent component) {
        if (!said.compareAndSet(position, null, component)) {
            return false;
        }
        listener.graded(graders.get(position).verifier(request), component);
        if (isGate(position) && component.getVerdict() != Verdict.CORRECT) {
            card.complete(RewardFunction.stoppedAtGate(component));
        }
        if (unsaid.decrementAndGet() == 0) {
            card.complete(RewardFunction.card(
                    IntStream.range(0, graders.size()).mapToObj(said::get).toList()));
        }
        return true;
    }

    private void timeOut(int position, String reason, long micros) {
        say(position, graders.get(position).component(Grade.timeout(reason), micros));
    }

    /** Components that one thread of a pool grades one behind the other. */
    private final class Segment implements Callable<Void> {
        private final DeadlinePool pool;
        private final List<Integer> positions;
        /** Index of the component that is graded now. */
        private volatile int current;

        private volatile long currentSince = System.nanoTime();
        /** The thread that comes back after its deadline leaves everything else alone. */
        private volatile boolean expired;

        private Segment(DeadlinePool pool, List<Integer> positions) {
            this.pool = pool;
            this.positions = positions;
        }

        @Override
        public Void call() {
            currentSince = System.nanoTime();
            if (parsed == null) {
                parsed = rewards.parse(request);
            }
            if (!gated()) {
                spread();
            }
            for (int index = 0; index < positions.size() && !expired && !card.isDone(); index++) {
                current = index;
                currentSince = System.nanoTime();
                int position = positions.get(index);
                say(position, graders.get(position).grade(request, parsed));
                if (isGate(position) && !card.isDone()) {
                    spread();
                }
            }
            return null;
        }

        /** The deadline has passed, or the pool takes nothing: the current component pays, the rest goes on. */
        private void expire(String reason) {
            expired = true;
            if (parsed == null) {
                // The text cannot be taken apart in time, nor would it be the next time.
                IntStream.range(0, graders.size()).forEach(position -> timeOut(position, reason, micros()));
                return;
            }
            if (current < positions.size()) {
                timeOut(positions.get(current), reason, micros());
            }
            if (card.isDone()) {
                return;
            }
            spread();
            if (current + 1 < positions.size()) {
                submit(new Segment(pool, positions.subList(current + 1, positions.size())));
            }
        }

        private long micros() {
            return (System.nanoTime() - currentSince) / 1_000;
        }

        /** Graders cannot fail, so the text could not be taken apart, or the pool is at its end. */
        private void fail(Throwable failure) {
            card.complete(rewards.notParsed(failure));
        }
    }
}
