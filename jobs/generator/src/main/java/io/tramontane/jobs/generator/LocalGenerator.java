package io.tramontane.jobs.generator;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.prompts.PromptQueue;
import io.tramontane.kafka.prompts.PromptQueueSettings;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationSettings;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.WeightsVersion;
import java.time.Clock;
import java.util.Optional;
import org.apache.flink.metrics.MetricGroup;

/** A generator on a thread of its own. It opens what it needs there, and closes it when it ends. */
public final class LocalGenerator implements AutoCloseable {

    /**
     * What a generator is given.
     *
     * @param metrics the group of the process, in which it registers its own
     */
    public record Parts(
            String generatorId,
            String runId,
            long runSeed,
            KafkaSettings kafka,
            WeightsTransportSettings weights,
            PromptQueueSettings prompts,
            GeneratorSettings settings,
            PolicyBundle basePolicy,
            PolicyTokenizer tokenizer,
            MetricGroup metrics) {}

    private final Parts parts;
    private final Thread thread;
    private volatile Generator generator;
    private volatile Throwable failure;
    private volatile boolean stopped;

    private LocalGenerator(Parts parts) {
        this.parts = parts;
        this.thread = new Thread(this::run, parts.generatorId());
    }

    public static LocalGenerator start(Parts parts) {
        LocalGenerator local = new LocalGenerator(parts);
        local.thread.setDaemon(true);
        local.thread.start();
        return local;
    }

    /** The size of the engine that a generator with these settings makes for a policy. */
    public static GenerationSettings size(GeneratorSettings settings, PolicyConfig policy) {
        return new GenerationSettings(settings.slots(), policy.maximumPositions());
    }

    private void run() {
        PolicyBundle policy = parts.basePolicy();
        GenerationSettings size = size(parts.settings(), policy.config());
        try (PromptQueue prompts = new PromptQueue(parts.kafka(), parts.runId(), parts.prompts());
                WeightsSubscriber weights = new WeightsSubscriber(parts.kafka(), parts.runId(), parts.weights());
                CompletionPublisher publisher = new CompletionPublisher(parts.kafka(), parts.runId());
                GenerationEngine engine = new GenerationEngine(
                        policy.config(), size, policy.endOfSequence(), policy.weights(), WeightsVersion.BASE)) {
            Generator running = new Generator(
                    parts.generatorId(),
                    parts.runSeed(),
                    parts.settings(),
                    parts.tokenizer(),
                    engine,
                    prompts,
                    weights,
                    publisher,
                    Clock.systemUTC());
            running.register(parts.metrics());
            generator = running;
            if (!stopped) {
                running.run();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Why the generator ended by itself, if it did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Empty until it has begun. */
    public Optional<GeneratorStatistics> statistics() {
        return Optional.ofNullable(generator).map(Generator::statistics);
    }

    /**
     * Ends it in the middle of its sequences, as a crash would: the broker hands on what it had leased when it notices
     * that its connection is gone.
     */
    public void abandon() {
        Generator running = generator;
        if (running != null) {
            running.abandon();
        }
        close();
    }

    /** Stops after the round in progress; leased prompts go back to the queue. */
    @Override
    public void close() {
        stopped = true;
        Generator running = generator;
        if (running != null) {
            running.stop();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
