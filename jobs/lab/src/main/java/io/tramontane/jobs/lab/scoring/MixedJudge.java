package io.tramontane.jobs.lab.scoring;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Identity;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A verifier that is quick on most completions, slow on some and hangs on a few; which ones depends on the completion's
 * id alone. Besides, it may hang on the first that it is asked about and ignore that it is interrupted. Thread-safe.
 */
final class MixedJudge implements Grader {

    private static final long SEED = 23;

    private final double slowShare;
    private final Duration slow;
    private final double hangingShare;
    private final AtomicInteger lost;
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * @param slowShare of completions on which it takes {@code slow}
     * @param hangingShare of completions on which it waits until it is interrupted
     * @param lost how many threads it keeps for itself at first
     */
    MixedJudge(double slowShare, Duration slow, double hangingShare, int lost) {
        this.slowShare = slowShare;
        this.slow = slow;
        this.hangingShare = hangingShare;
        this.lost = new AtomicInteger(lost);
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        while (lost.get() > 0) {
            int left = lost.get();
            if (lost.compareAndSet(left, left - 1)) {
                return keepTheThread();
            }
        }
        double drawn = (Identity.seed(SEED, request.completionId()) >>> 11) * 0x1p-53;
        if (drawn < hangingShare) {
            return waited(Long.MAX_VALUE);
        }
        return drawn < hangingShare + slowShare ? waited(slow.toNanos()) : Grade.correct("judged");
    }

    private Grade waited(long nanos) {
        try {
            end.await(nanos, TimeUnit.NANOSECONDS);
            return Grade.correct("judged");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Grade.timeout("interrupted");
        }
    }

    private Grade keepTheThread() {
        while (end.getCount() > 0) {
            waited(Long.MAX_VALUE);
            // Otherwise the next wait would end at once.
            Thread.interrupted();
        }
        return Grade.correct("too late");
    }

    /** Lets what hangs go. */
    @Override
    public void close() {
        end.countDown();
    }
}
