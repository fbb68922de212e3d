package io.tramontane.jobs.lab.scoring;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Verdict;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A source of verdicts that answers after a while, as a service elsewhere would, and on a given share of completions
 * misbehaves. Which ones and how depends on the completion's id alone. Thread-safe.
 */
final class FaultyJudge implements Grader {

    private static final long SEED = 17;

    /** What it does to a completion, and the verdict that must result. */
    enum Behaviour {
        ANSWERS(Verdict.CORRECT),
        HANGS(Verdict.TIMEOUT),
        HANGS_AND_HEEDS_NO_INTERRUPT(Verdict.TIMEOUT),
        THROWS(Verdict.CRASHED),
        RECURSES_FOR_EVER(Verdict.CRASHED),
        HAS_NO_MEMORY(Verdict.CRASHED),
        RETURNS_NOTHING(Verdict.CRASHED),
        RETURNS_NO_NUMBER(Verdict.CRASHED);

        private final Verdict verdict;

        Behaviour(Verdict verdict) {
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }

    private final double faultyShare;
    private final Duration answersAfter;
    private final CountDownLatch end = new CountDownLatch(1);

    /** @param faultyShare of completions on which it misbehaves, in all ways alike */
    FaultyJudge(double faultyShare, Duration answersAfter) {
        this.faultyShare = faultyShare;
        this.answersAfter = answersAfter;
    }

    /** What a judge of this share does to a completion. */
    static Behaviour behaviour(String completionId, double faultyShare) {
        long drawn = Identity.seed(SEED, completionId);
        if ((drawn >>> 11) * 0x1p-53 >= faultyShare) {
            return Behaviour.ANSWERS;
        }
        int faults = Behaviour.values().length - 1;
        return Behaviour.values()[1 + (int) Math.floorMod(drawn, (long) faults)];
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        return switch (behaviour(request.completionId(), faultyShare)) {
            case ANSWERS -> answer();
            case HANGS -> hang();
            case HANGS_AND_HEEDS_NO_INTERRUPT -> hangForGood();
            case THROWS -> throw new IllegalStateException("the judge is out of order");
            case RECURSES_FOR_EVER -> recurse(0);
            case HAS_NO_MEMORY -> throw new OutOfMemoryError("of the judge's own making");
            case RETURNS_NOTHING -> null;
            case RETURNS_NO_NUMBER -> new Grade(Double.NaN, Verdict.CORRECT, "garbage");
        };
    }

    private Grade answer() {
        return waited(answersAfter.toNanos()) ? Grade.correct("judged") : Grade.timeout("interrupted");
    }

    private Grade hang() {
        waited(Long.MAX_VALUE);
        return Grade.timeout("interrupted");
    }

    private boolean waited(long nanos) {
        try {
            end.await(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Grade hangForGood() {
        while (end.getCount() > 0) {
            waited(Long.MAX_VALUE);
            // Otherwise the next wait would end at once.
            Thread.interrupted();
        }
        return Grade.correct("too late");
    }

    private static Grade recurse(long depth) {
        Grade deeper = recurse(depth + 1);
        return depth < 0 ? null : deeper;
    }

    /** Lets what hangs go. */
    @Override
    public void close() {
        end.countDown();
    }
}
