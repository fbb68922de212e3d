package io.tramontane.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tramontane.policy.SerializedWeights;
import io.tramontane.policy.Weights;
import io.tramontane.schemas.WeightsVersion;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundOutletTest {

    private final SlowOutlet slow = new SlowOutlet();
    private final BackgroundOutlet outlet = new BackgroundOutlet(slow);

    private static SerializedWeights weights() {
        return new Weights(FakeLearner.SPECS, new float[] {1, 2}).serialize();
    }

    private static WeightsVersion version(long version) {
        return new WeightsVersion(1, version);
    }

    @Test
    void theTrainerGoesOnWhileAVersionIsPublishedAndWaitsForItBeforeTheNext() throws Exception {
        outlet.publish(version(1), weights());
        assertThat(slow.published).isEmpty();
        outlet.requireHealthy();

        CompletableFuture<Void> next = CompletableFuture.runAsync(() -> publish(2));
        assertThat(next).isNotDone();
        slow.mayPublish.countDown();
        next.join();
        outlet.close();

        assertThat(slow.published).containsExactly(version(1), version(2));
        assertThat(slow.closedAfter).isEqualTo(2);
    }

    @Test
    void whatFailedOnTheOtherThreadFailsTheTrainer() throws Exception {
        slow.failure = new IOException("no broker");
        slow.mayPublish.countDown();
        outlet.publish(version(1), weights());

        await().untilAsserted(() -> assertThatThrownBy(outlet::requireHealthy)
                .isInstanceOf(IOException.class)
                .hasMessage("no broker"));
        assertThatThrownBy(() -> outlet.publish(version(2), weights())).hasMessage("no broker");
        outlet.close();
        assertThat(slow.closedAfter).isZero();
    }

    private void publish(long version) {
        try {
            outlet.publish(version(version), weights());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes nothing before it may. */
    private static final class SlowOutlet implements WeightsOutlet {

        private final CountDownLatch mayPublish = new CountDownLatch(1);
        private final List<WeightsVersion> published = new CopyOnWriteArrayList<>();
        private volatile IOException failure;
        private volatile int closedAfter = -1;

        @Override
        public long newestIncarnation() {
            return 0;
        }

        @Override
        public void publish(WeightsVersion version, SerializedWeights weights) throws Exception {
            mayPublish.await();
            if (failure != null) {
                throw failure;
            }
            published.add(version);
        }

        @Override
        public void close() {
            closedAfter = published.size();
        }
    }
}
