package io.tramontane.kafka.weights;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.schemas.WeightsManifest;
import io.tramontane.schemas.WeightsVersion;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the newest weights of a run in the background. Where several versions were published while one was received,
 * only the newest is received next; what is older than the last received is ignored. A version whose chunks are damaged
 * or gone is skipped: the ones before it stay in use until the next comes. While no broker answers there is nothing
 * new; it goes on when one does.
 *
 * <p>A thread of its own owns the consumers; results cross over under this object's lock. All public methods may be
 * called by any thread.
 */
public final class WeightsSubscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WeightsSubscriber.class);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Verified weights.
     *
     * @param weightsHash SHA-256 (hex) of the data as the trainer computed it
     * @param publishedAt milliseconds since the epoch
     */
    public record ReceivedWeights(
            WeightsVersion version, WeightsPayload payload, String weightsHash, long publishedAt) {}

    /** A version that could not be received, and why. */
    public record SkippedWeights(WeightsVersion version, String reason) {}

    private final ManifestTail manifests;
    private final ChunkReader chunks;
    private final Thread thread;
    private volatile boolean closed;

    // Of the thread alone
    private boolean caughtUp;
    /** The version that was received or skipped last. */
    private Optional<WeightsVersion> last = Optional.empty();
    /** What is to be received next. */
    private Optional<WeightsManifest> candidate = Optional.empty();

    // Guarded by this; at most one version waits to be taken, whatever the pace of the trainer
    private ReceivedWeights ready;
    private SkippedWeights lastSkipped;
    private RuntimeException failure;

    /**
     * Begins to receive.
     *
     * @throws KafkaUnreachableException when no broker answers in time
     */
    public WeightsSubscriber(KafkaSettings kafka, String runId, WeightsTransportSettings settings) {
        this.manifests = new ManifestTail(kafka, runId);
        this.chunks = new ChunkReader(kafka, runId);
        this.thread = new Thread(this::receive, "weights-subscriber-" + runId);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The newest weights that were not handed out yet, waiting for the first ones if there are none.
     *
     * @return empty when none arrived within the timeout
     * @throws IllegalStateException when receiving ended with an error other than an absent broker
     */
    public synchronized Optional<ReceivedWeights> newest(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos();
                ready == null && failure == null && left > 0;
                left = deadline - System.nanoTime()) {
            // Rounded up: a wait of zero milliseconds would never end.
            wait(left / 1_000_000 + 1);
        }
        return poll();
    }

    /**
     * The newest weights that were not handed out yet; does not wait.
     *
     * @throws IllegalStateException when receiving ended with an error
     */
    public synchronized Optional<ReceivedWeights> poll() {
        if (failure != null) {
            throw new IllegalStateException("weights are no longer received: " + failure.getMessage(), failure);
        }
        Optional<ReceivedWeights> received = Optional.ofNullable(ready);
        ready = null;
        return received;
    }

    /** The last version that was skipped because its chunks were damaged or gone. */
    public synchronized Optional<SkippedWeights> lastSkipped() {
        return Optional.ofNullable(lastSkipped);
    }

    @Override
    public void close() {
        closed = true;
        manifests.wakeup();
        chunks.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        try (manifests;
                chunks) {
            while (!closed) {
                try {
                    receiveNewer();
                } catch (RetriableException e) {
                    LOG.warn("no broker answers; weights are received again when one does: {}", e.getMessage());
                }
            }
        } catch (WakeupException e) {
            if (!closed) {
                fail(e);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Looks for a manifest newer than the last and receives what it names; an error on the way loses neither. */
    private void receiveNewer() {
        Optional<WeightsManifest> arrived = caughtUp ? manifests.poll(WAIT) : manifests.newest();
        caughtUp = true;
        arrived.filter(manifest -> supersedes(
                        manifest, candidate.map(ManifestTail::versionOf).or(() -> last)))
                .ifPresent(manifest -> candidate = Optional.of(manifest));
        if (candidate.isPresent()) {
            receive(candidate.get());
            last = candidate.map(ManifestTail::versionOf);
            candidate = Optional.empty();
        }
    }

    private void receive(WeightsManifest manifest) {
        WeightsVersion version = ManifestTail.versionOf(manifest);
        try {
            WeightsPayload payload = new WeightsPayload(manifest.getTensors(), chunks.read(manifest));
            handOver(new ReceivedWeights(version, payload, manifest.getWeightsHash(), manifest.getPublishedAt()));
        } catch (WeightsUnavailableException | IllegalArgumentException e) {
            LOG.warn("weights {} are skipped: {}", version, e.getMessage());
            skip(new SkippedWeights(version, e.getMessage()));
        }
    }

    private static boolean supersedes(WeightsManifest manifest, Optional<WeightsVersion> last) {
        return last.isEmpty() || ManifestTail.versionOf(manifest).supersedes(last.get());
    }

    private synchronized void handOver(ReceivedWeights received) {
        ready = received;
        notifyAll();
    }

    private synchronized void skip(SkippedWeights skipped) {
        lastSkipped = skipped;
    }

    private synchronized void fail(RuntimeException e) {
        LOG.error("weights are no longer received", e);
        failure = e;
        notifyAll();
    }
}
