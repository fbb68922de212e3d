package io.tramontane.tests.metrics;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.custom.GraderFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A component that hangs on every completion whose id ends in 3, until it is interrupted. */
public final class HangingGraderFactory implements GraderFactory {

    @Override
    public String component() {
        return "hanging";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public Grader create(Map<String, String> options) {
        return (request, parsed) -> {
            if (request.completionId().endsWith("/3")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Grade.correct("does not hang");
        };
    }
}
