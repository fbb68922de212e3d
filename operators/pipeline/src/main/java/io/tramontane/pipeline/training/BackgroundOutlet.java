package io.tramontane.pipeline.training;

import io.tramontane.policy.SerializedWeights;
import io.tramontane.schemas.WeightsVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes on a thread of its own while the trainer goes on with the next micro-batch. One version at a time: the next
 * one waits until the one before is durable, so the order of publication is that of training and at most two versions
 * are in memory.
 *
 * <p>A checkpoint need not wait for a publication under way: a job restored from it publishes the same weights again,
 * under a new incarnation. A publication that failed fails the next one.
 *
 * <p>Used by one thread, the trainer's; only publication itself happens on the other.
 */
final class BackgroundOutlet implements WeightsOutlet {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundOutlet.class);

    private final WeightsOutlet outlet;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "weights-publication");
        made.setDaemon(true);
        return made;
    });
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    /** @param outlet used by this one alone from now on, and closed with it */
    BackgroundOutlet(WeightsOutlet outlet) {
        this.outlet = outlet;
    }

    @Override
    public long newestIncarnation() throws Exception {
        await();
        return outlet.newestIncarnation();
    }

    @Override
    public void publish(WeightsVersion version, SerializedWeights weights) throws Exception {
        await();
        underWay = CompletableFuture.runAsync(() -> publishNow(version, weights), thread);
    }

    private void publishNow(WeightsVersion version, SerializedWeights weights) {
        try {
            outlet.publish(version, weights);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void requireHealthy() throws Exception {
        if (underWay.isCompletedExceptionally()) {
            await();
        }
    }

    /** Waits until what was handed over is durable. */
    private void await() throws Exception {
        try {
            underWay.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Returns when what was handed over is durable or has failed, unless the thread is interrupted. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            await();
        } catch (InterruptedException e) {
            // The task is cancelled; the other thread ends with the connection.
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // The publisher has thrown it, and the trainer has met it or ends anyway.
            LOG.warn("the newest weights were not published", e);
        } finally {
            outlet.close();
        }
    }
}
