package io.tramontane.tests.page;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.custom.GraderFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A reward that differs between completions whatever the policy writes, so that there is something to train on, and
 * that can be made to hang.
 */
public final class MoodyGraderFactory implements GraderFactory {

    private static volatile CountDownLatch hanging = new CountDownLatch(0);

    /** From now on no completion is graded, until {@link #goOn}. */
    static void hang() {
        hanging = new CountDownLatch(1);
    }

    static void goOn() {
        hanging.countDown();
    }

    @Override
    public String component() {
        return "moody";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public Grader create(Map<String, String> options) {
        return (request, parsed) -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Grade.timeout("hung");
            }
            return request.text().hashCode() % 2 == 0 ? Grade.correct("even") : Grade.wrong("odd");
        };
    }
}
