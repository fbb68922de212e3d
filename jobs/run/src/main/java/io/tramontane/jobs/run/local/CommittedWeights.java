package io.tramontane.jobs.run.local;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsSubscriber.ReceivedWeights;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.schemas.Step;
import java.time.Duration;

/** The weights a committed step has made, from the weights topics. */
public final class CommittedWeights {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private CommittedWeights() {}

    /**
     * The weights of {@code step}, the newest of its run.
     *
     * @throws RunFailure when they do not come, or others do
     */
    public static Weights of(Step step, KafkaSettings kafka, WeightsTransportSettings transport, PolicyConfig policy) {
        try (WeightsSubscriber subscriber = new WeightsSubscriber(kafka, step.getRunId(), transport)) {
            ReceivedWeights received = subscriber
                    .newest(TIMEOUT)
                    .orElseThrow(() -> new RunFailure("no weights of step " + step.getStep() + " came from Kafka"));
            Weights weights =
                    Weights.fromBytes(policy.tensors(), received.payload().data());
            if (!weights.sha256().equals(step.getWeightsHash())) {
                throw new RunFailure("the newest weights (" + received.version() + ") are not those of step "
                        + step.getStep() + ": their hash differs");
            }
            return weights;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while the newest weights were fetched", e);
        }
    }
}
