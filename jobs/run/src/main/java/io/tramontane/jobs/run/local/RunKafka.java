package io.tramontane.jobs.run.local;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.BrokerStartException;
import io.tramontane.kafka.broker.EmbeddedBroker;
import java.nio.channels.FileLock;
import java.util.Optional;

/**
 * The Kafka of a run that is not running: the user's brokers, or the embedded one on the run's folder, which is claimed
 * until this is closed.
 */
public final class RunKafka implements AutoCloseable {

    private final KafkaSettings settings;
    private final Optional<EmbeddedBroker> broker;
    private final Optional<FileLock> claim;

    private RunKafka(KafkaSettings settings, Optional<EmbeddedBroker> broker, Optional<FileLock> claim) {
        this.settings = settings;
        this.broker = broker;
        this.claim = claim;
    }

    /** @throws RunFailure when another process has the folder, or the broker does not come up */
    public static RunKafka open(TramontaneConfig config, RunDirectory directory) {
        KafkaSettings kafka = config.kafka();
        if (!kafka.embedded()) {
            return new RunKafka(kafka, Optional.empty(), Optional.empty());
        }
        FileLock claim = directory.claim();
        try {
            EmbeddedBroker broker = EmbeddedBroker.start(directory.kafka());
            KafkaSettings settings = new KafkaSettings(broker.bootstrapServers(), kafka.properties());
            return new RunKafka(settings, Optional.of(broker), Optional.of(claim));
        } catch (BrokerStartException e) {
            RunDirectory.release(claim);
            throw new RunFailure(e.getMessage(), e);
        }
    }

    public KafkaSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        broker.ifPresent(EmbeddedBroker::close);
        claim.ifPresent(RunDirectory::release);
    }
}
