package io.tramontane.jobs.run.local;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.BrokerStartException;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.topics.TopicAdmin;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;

/** Broker and Flink of a local run. Thread-safe. */
public final class LocalServices implements AutoCloseable {

    /** The value of {@code kafka.bootstrap-servers} that asks for a broker in this process. */
    private final RunDirectory directory;

    private Optional<EmbeddedBroker> broker;
    private final KafkaSettings kafka;
    private final LocalFlink flink;
    private final CompletableFuture<String> brokerFailure = new CompletableFuture<>();

    private LocalServices(
            RunDirectory directory, Optional<EmbeddedBroker> broker, KafkaSettings kafka, LocalFlink flink) {
        this.directory = directory;
        this.broker = broker;
        this.kafka = kafka;
        this.flink = flink;
        broker.ifPresent(embedded -> embedded.failure().thenAccept(brokerFailure::complete));
    }

    /** @throws RunFailure when one of them does not come up */
    public static LocalServices start(TramontaneConfig config, RunDirectory directory) {
        Optional<EmbeddedBroker> broker = Optional.empty();
        KafkaSettings kafka = config.kafka();
        if (kafka.embedded()) {
            try {
                broker = Optional.of(EmbeddedBroker.start(directory.kafka()));
            } catch (BrokerStartException e) {
                throw new RunFailure(e.getMessage(), e);
            }
            kafka = new KafkaSettings(broker.get().bootstrapServers(), kafka.properties());
        }
        try {
            // Fails now, with the address, when a broker of the user's does not answer.
            new TopicAdmin(kafka).close();
            return new LocalServices(
                    directory,
                    broker,
                    kafka,
                    LocalFlink.start(
                            flinkConfiguration(config, directory),
                            config.flink().parallelism()));
        } catch (RuntimeException e) {
            broker.ifPresent(EmbeddedBroker::close);
            throw e;
        }
    }

    private static Configuration flinkConfiguration(TramontaneConfig config, RunDirectory directory) {
        Configuration configuration = FlinkConfiguration.of(config.flink(), directory.checkpoints());
        config.metrics().applyTo(configuration);
        return configuration;
    }

    /** The broker to use: the embedded one, or the user's. */
    public KafkaSettings kafka() {
        return kafka;
    }

    public LocalFlink flink() {
        return flink;
    }

    /**
     * Makes the run's topics where they are missing, and starts its training job.
     *
     * @param snapshot from which the job goes on
     * @throws RunFailure when Flink does not take it
     */
    JobID train(TramontaneConfig config, Optional<Path> snapshot) {
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(directory.id());
        }
        JobID job = TrainingGraph.jobId(directory);
        Configuration settings = FlinkConfiguration.of(config.flink(), directory.checkpoints());
        flink.submit(TrainingGraph.of(config, directory, kafka, settings), job, snapshot);
        return job;
    }

    /** @throws RunFailure when the broker has given up, for example because the disk is full */
    public void requireHealthy() {
        if (brokerFailure.isDone()) {
            throw new RunFailure("the embedded broker cannot go on: " + brokerFailure.join());
        }
    }

    /**
     * Stops the embedded broker and starts it again on the same folder and port, where its clients find it again.
     *
     * @throws RunFailure when it does not come up
     * @throws IllegalStateException when the brokers are the user's
     */
    public synchronized void restartBroker() {
        EmbeddedBroker running =
                broker.orElseThrow(() -> new IllegalStateException("there is no broker in this process"));
        String address = running.bootstrapServers();
        running.close();
        try {
            EmbeddedBroker started = EmbeddedBroker.start(
                    directory.kafka(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
            started.failure().thenAccept(brokerFailure::complete);
            broker = Optional.of(started);
        } catch (BrokerStartException e) {
            throw new RunFailure(e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (brokerFailure.isDone()) {
                flink.abandon();
            } else {
                flink.close();
            }
        } finally {
            broker.ifPresent(EmbeddedBroker::close);
        }
    }
}
