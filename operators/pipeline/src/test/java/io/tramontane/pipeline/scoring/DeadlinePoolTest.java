package io.tramontane.pipeline.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlinePoolTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void returnsValuesAndFailures() throws Exception {
        try (var pool = new DeadlinePool("test", 1, LONG, 10)) {
            assertThat(get(pool.submit(() -> 7))).isEqualTo(7);
            assertThatThrownBy(() -> get(pool.submit(() -> {
                        throw new IllegalStateException("broken");
                    })))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("broken");
        }
    }

    @Test
    void runsNoMoreThanItsThreadsAtATime() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (var pool = new DeadlinePool("test", 3, LONG, 10)) {
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            for (int task = 0; task < 200; task++) {
                results.add(pool.submit(() -> {
                    int now = running.incrementAndGet();
                    most.accumulateAndGet(now, Math::max);
                    Thread.yield();
                    return running.decrementAndGet();
                }));
            }
            for (CompletableFuture<Integer> result : results) {
                get(result);
            }
        }
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void aTaskPastItsDeadlineFailsAndIsInterrupted() {
        var interrupted = new CompletableFuture<Boolean>();
        try (var pool = new DeadlinePool("test", 1, SHORT, 10)) {
            CompletableFuture<Integer> late = pool.submit(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                }
                return 0;
            });

            assertThatThrownBy(() -> get(late)).hasCauseInstanceOf(TimeoutException.class);
            assertThat(interrupted).succeedsWithin(LONG).isEqualTo(true);
            await().until(() -> pool.overdue() == 0);
        }
    }

    @Test
    void tasksThatHangForGoodDoNotStopTheOthers() throws Exception {
        var release = new CountDownLatch(1);
        try (var pool = new DeadlinePool("test", 2, SHORT, 10)) {
            for (int task = 0; task < 5; task++) {
                CompletableFuture<Integer> hanging = pool.submit(() -> {
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return 0;
                });
                assertThatThrownBy(() -> get(hanging)).hasCauseInstanceOf(TimeoutException.class);
            }
            assertThat(get(pool.submit(() -> 7))).isEqualTo(7);
            assertThat(pool.overdue()).isEqualTo(5);
            release.countDown();
            await().until(() -> pool.overdue() == 0);
        }
    }

    @Test
    void tooManyThatHangAreNotFollowedByMore() throws Exception {
        var release = new CountDownLatch(1);
        try (var pool = new DeadlinePool("test", 1, SHORT, 2)) {
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            for (int task = 0; task < 20; task++) {
                results.add(pool.submit(() -> {
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return 0;
                }));
            }
            for (CompletableFuture<Integer> result : results) {
                assertThatThrownBy(() -> get(result)).hasCauseInstanceOf(TimeoutException.class);
            }
            assertThat(pool.overdue()).isEqualTo(2);
            assertThat(pool.waiting()).isZero();
            release.countDown();
            await().until(() -> pool.overdue() == 0);
            assertThat(get(pool.submit(() -> 7))).isEqualTo(7);
        }
    }

    @Test
    void waitingDoesNotCountTowardsTheDeadline() throws Exception {
        try (var pool = new DeadlinePool("test", 1, Duration.ofSeconds(5), 10)) {
            var go = new CountDownLatch(1);
            pool.submit(() -> {
                go.await();
                return 0;
            });
            CompletableFuture<Integer> second = pool.submit(() -> 2);
            assertThat(second).isNotDone();
            go.countDown();
            assertThat(get(second)).isEqualTo(2);
        }
    }

    @Test
    void cancellingARunningTaskFreesItsPlace() throws Exception {
        var begun = new CountDownLatch(1);
        try (var pool = new DeadlinePool("test", 1, LONG, 10)) {
            CompletableFuture<Integer> running = pool.submit(() -> {
                begun.countDown();
                new CountDownLatch(1).await();
                return 0;
            });
            CompletableFuture<Integer> next = pool.submit(() -> 7);
            begun.await();

            running.cancel(true);

            assertThat(get(next)).isEqualTo(7);
            await().until(() -> pool.overdue() == 0);
        }
    }

    @Test
    void takesNothingAfterItsEnd() {
        var pool = new DeadlinePool("test", 1, LONG, 10);
        pool.close();
        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(IllegalStateException.class);
    }
}
