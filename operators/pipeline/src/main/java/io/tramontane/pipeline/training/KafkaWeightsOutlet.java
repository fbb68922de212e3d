package io.tramontane.pipeline.training;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsPayload;
import io.tramontane.kafka.weights.WeightsPublisher;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.policy.SerializedWeights;
import io.tramontane.policy.TensorSpec;
import io.tramontane.schemas.TensorEntry;
import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayList;
import java.util.List;

/** Publishes weights through the run's Kafka topics. */
public final class KafkaWeightsOutlet implements WeightsOutlet {

    private final WeightsPublisher publisher;

    private KafkaWeightsOutlet(WeightsPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Outlets to the weights topics of run {@code runId}, which publish beside the trainer: see
     * {@link BackgroundOutlet}.
     */
    public static WeightsOutlet.Factory to(KafkaSettings kafka, String runId, WeightsTransportSettings transport) {
        return () -> new BackgroundOutlet(new KafkaWeightsOutlet(new WeightsPublisher(kafka, runId, transport)));
    }

    @Override
    public long newestIncarnation() throws Exception {
        return publisher.newestIncarnation();
    }

    @Override
    public void publish(WeightsVersion version, SerializedWeights weights) throws Exception {
        publisher.publish(version, new WeightsPayload(tensors(weights), weights.bytes()), weights.sha256());
    }

    private static List<TensorEntry> tensors(SerializedWeights weights) {
        List<TensorEntry> entries = new ArrayList<>();
        long offset = 0;
        for (TensorSpec spec : weights.specs()) {
            entries.add(new TensorEntry(spec.name(), spec.shape(), offset));
            offset += spec.size() * Float.BYTES;
        }
        return entries;
    }

    @Override
    public void close() {
        publisher.close();
    }
}
